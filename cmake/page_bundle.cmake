# Writes OUT, the C++ source that holds the page's script and style (DIR/page.js and DIR/page.css) in pieces: compilers
# take no string literal without end. Both are ASCII, so a piece may end anywhere.
cmake_minimum_required(VERSION 3.25)

function(pieces file name out)
  file(READ "${file}" text)
  string(REGEX MATCH "[^\t\n\r -~]" odd "${text}")
  if(NOT odd STREQUAL "")
    message(FATAL_ERROR "${file} is not plain ASCII: make it anew with web/build.sh")
  endif()
  string(FIND "${text}" ")ordeal\"" end)
  if(NOT end EQUAL -1)
    message(FATAL_ERROR "${file} holds what ends its literal: )ordeal\"")
  endif()
  string(LENGTH "${text}" length)
  set(code "constexpr std::string_view k${name}Pieces[] = {\n")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 16000 piece)
    string(APPEND code "R\"ordeal(${piece})ordeal\",\n")
    math(EXPR at "${at} + 16000")
  endwhile()
  set(${out} "${code}};\n" PARENT_SCOPE)
endfunction()

pieces("${DIR}/page.js" Script script)
pieces("${DIR}/page.css" Style style)
file(WRITE "${OUT}.new" "#include \"reports/page/bundle.h\"

namespace ordeal::reports {
namespace {
${script}${style}}  // namespace

const std::span<const std::string_view> kPageScript = kScriptPieces;
const std::span<const std::string_view> kPageStyle = kStylePieces;

}  // namespace ordeal::reports
")
file(RENAME "${OUT}.new" "${OUT}")
