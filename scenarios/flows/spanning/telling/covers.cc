// What runs an item and is no flow's own. Devices that no flow uses yet are tried by tests of their own; such an item is run
// as far as it is about the device alone.
#include "scenarios/flows/spanning/telling/asked_for.h"

namespace ordeal::spanning {

const play::AskedFor& asked_for() {
  static const play::AskedFor asked{
      {{"requirements", "what trade systems are asked to do and get wrong", requirements()},
       {"failures", "bugs with a name: each should have a flaw that plants it", failures()},
       {"invariants", "what must hold: each should have a law", invariants()}}};
  return asked;
}

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"A17",
       {{test, "RowLocksTest.WhoWouldCloseACycleIsTheVictim"},
        {test, "Locks.DeadlockOverTwoHostsHasAVictim"}}},
      {"A18",
       {{test, "Broker.AHalfMessageIsSeenOnceItIsCommitted"},
        {test, "Broker.AProducerThatDiedIsAskedWhatCameOfIt"},
        {test, "BrokerLaws.WhatIsAcknowledgedUnderASynchronousFlushIsDelivered"}}},
      {"B4", {{test, "Cache.ALockEndsWithItsLeaseAndOnlyItsOwnerLetsGo"}}},
      {"B5",
       {{test, "Cache.ALockEndsWithItsLeaseAndOnlyItsOwnerLetsGo"},
        {test, "Cache.AClockThatJumpsGivesALockTwoOwners"}}},
      {"B16",
       {{test, "Report.WritesAPageATraceAndADiagram"},
        {test, "Stories.VerboseTellsEverythingAndWhoIsWho"},
        {test, "Perfetto.EveryFlowHasTwoEnds"},
        {test, "Outbox.WorksUnderTheTraceOfThePublisher"}}},
      {"C11", {{test, "Cache.TheLastUnitIsSoldOnceHoweverManyAsk"}}},
      {"C14",
       {{test, "Broker.AForgottenAcknowledgementBringsTheMessageAgain"},
        {test, "Broker.DeliveriesOvertakeEachOtherButNeverInAnOrderedQueue"},
        {test, "Broker.LosingWhatWasNotFlushedNeedsAnAsynchronousFlush"},
        {test, "BrokerLaws.WhatIsAcknowledgedUnderASynchronousFlushIsDelivered"}}},
      {"D11",
       {{test, "RemoteDatabase.APoolHasSoManyConnectionsAndOthersWaitInTurn"},
        {test, "RemoteDatabase.WhoGetsNoConnectionInTimeSurelyDidNothing"}}},
      {"E2",
       {{test, "Differential.RandomSequencesAgreeOnEveryReply"}, {test, "Broker.EveryMessageComesOnce"}}},
      {"E5",
       {{test, "Cache.TheLastUnitIsSoldOnceHoweverManyAsk"},
        {test, "Cache.LookingAndThenDeductingSellsItTwice"}}},
      {"E6", {{test, "Cache.ALostReplyIsNotALostCommand"}, {test, "Cache.AFailoverLosesAcknowledgedWrites"}}},
      {"E13",
       {{test, "Broker.AHalfMessageIsSeenOnceItIsCommitted"},
        {test, "Broker.AProducerThatDiedIsAskedWhatCameOfIt"}}},
      {"E14", {{test, "Broker.ADelayedMessageComesAtItsTime"}, {test, "Broker.ADelayQueueLags"}}},
      {"E15",
       {{test, "Broker.ABroadcastReachesEveryProcess"}, {test, "Broker.ABroadcastThatIsNotDoneIsDropped"}}},
      {"E21", {{test, "Broker.RetriesSlowDownAndEndAsADeadLetter"}}},
      {"E29",
       {{test, "Broker.AProducerThatNeverKnowsLosesTheMessageAfterFifteenChecks"},
        {test, "Broker.TheFirstCheckWaitsForTheTransactionTimeout"}}},
      {"F-49", {{test, "Broker.AProducerThatNeverKnowsLosesTheMessageAfterFifteenChecks"}}},
      {"F-53", {{test, "Locks.DeadlockOverTwoHostsHasAVictim"}}},
      {"F-54", {{test, "DatabaseTest.WaitingInsideATransactionIsRefused"}}},
      {"I-22", {{test, "Money.AllocationLosesNothing"}}},
      {"I-50",
       {{test, "Broker.AHalfMessageIsSeenOnceItIsCommitted"},
        {test, "Broker.AProducerThatNeverKnowsLosesTheMessageAfterFifteenChecks"}}},
      {"I-54", {{test, "Broker.AHalfMessageIsSeenOnceItIsCommitted"}}},
      {"I-65",
       {{test, "DatabaseTest.WaitingInsideATransactionIsRefused"},
        {test, "RemoteDatabase.NothingElseMayWaitInsideATransaction"}}},
      {"I-66",
       {{test, "RowLocksTest.WhoWouldCloseACycleIsTheVictim"},
        {test, "Locks.DeadlockOverTwoHostsHasAVictim"}}},
      {"I-88",
       {{test, "Trials.AreTheSameAsTheFirstOrTheHundredth"},
        {test, "Program.TheNumberOfWorkersChangesNothing"},
        {test, "Program.OneSeedGivesOneWorldHoweverItIsAskedFor"}}},
      {"I-89",
       {{test, "Flaws.IsFoundForItsNamedReasonAndNotWithoutIt"}, {test, "Reject.ItsInvariantAloneNamesIt"}}},
      {"I-90",
       {{test, "Stories.OfTheWholeCorpusAreShortAndSayWhatWentWrong"},
        {test, "SmallFlaws.TheMedianIsThreeStrikesAndTwoActorsOrLess"},
        {test, "Report.WritesAPageATraceAndADiagram"}}},
  };
}

}  // namespace ordeal::spanning
