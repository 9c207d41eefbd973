# Writes OUT, the C++ source that says which engine this is: VERSION and a hash of the sources under ROOT that a trace can
# depend on. Lines that hold nothing but a comment do not count, nor do empty ones. SOURCES names the files, relative
# to ROOT and separated by commas.
cmake_minimum_required(VERSION 3.25)

string(REPLACE "," ";" sources "${SOURCES}")
list(SORT sources COMPARE STRING)
set(sums "")
foreach(source IN LISTS sources)
  file(READ "${ROOT}/${source}" text)
  string(REGEX REPLACE "\n[ \t]*//[^\n]*" "" text "\n${text}")
  string(REGEX REPLACE "\n[ \t]*\n+" "\n" text "${text}")
  string(SHA256 sum "${text}")
  string(APPEND sums "${source} ${sum}\n")
endforeach()
string(SHA256 identity "${sums}")
string(SUBSTRING "${identity}" 0 12 identity)
file(CONFIGURE OUTPUT "${OUT}" CONTENT "#include \"scenarios/cli/engine.h\"

namespace ordeal::cli {

constinit const std::string_view kEngine = \"ordeal @VERSION@+@identity@\";

}  // namespace ordeal::cli
" @ONLY)
