// Signs that are no ASCII, for templates: esbuild cannot write them otherwise there, and the bundle is plain ASCII.
export const signs = {back: '←', on: '→', first: '|←', last: '→|', bolt: '⚡', cross: '✗', tick: '✓', hop: '›', times: '×', cut: '✂', minus: '−', none: '–', start: '·', chinese: '中文'};
