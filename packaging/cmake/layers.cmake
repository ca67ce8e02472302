# add_layer(NAME HEADERS … SOURCES … USES … HIDES … FOLDERS …)
#   One library per layer, static unless BUILD_SHARED_LIBS says otherwise. Its own folder (and FOLDERS below it) is the
#   only include path it publishes; USES are linked publicly, HIDES privately, so a layer that is not declared is a
#   missing header at compile time.
#   NAME_closed links the whole archive with the declared needs only: an undeclared symbol is a link error.
#   A layer that uses Qt gets moc, and none of the parts of Qt that are on their way out.
function(add_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 LAYER "" "" "HEADERS;SOURCES;USES;HIDES;FOLDERS")
  add_library(${name} ${LAYER_SOURCES})
  list(TRANSFORM LAYER_FOLDERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  # A source includes its own header first, which proves that it stands alone; the others are compiled for that.
  set(proven ${LAYER_HEADERS})
  set(unproven ${LAYER_HEADERS})
  list(TRANSFORM LAYER_SOURCES REPLACE "cpp$" "h" OUTPUT_VARIABLE with_source)
  list(REMOVE_ITEM unproven ${with_source})
  if(unproven)
    list(REMOVE_ITEM proven ${unproven})
  endif()
  set(folders ${CMAKE_CURRENT_SOURCE_DIR} ${LAYER_FOLDERS})
  target_sources(${name} PUBLIC
    FILE_SET HEADERS BASE_DIRS ${folders} FILES ${proven}
    FILE_SET alone TYPE HEADERS BASE_DIRS ${folders} FILES ${unproven})
  target_link_libraries(${name} PUBLIC ${LAYER_USES} PRIVATE ${LAYER_HIDES} arcscope_warnings)
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY alone
    LAYER_USES "${LAYER_USES}" LAYER_HIDES "${LAYER_HIDES}")
  if("${LAYER_USES};${LAYER_HIDES}" MATCHES "Qt6::")
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${name} PRIVATE QT_DISABLE_DEPRECATED_BEFORE=0x060400 QT_NO_CAST_TO_ASCII QT_NO_FOREACH
      QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)
  endif()
  add_closed_program(${name}_closed ${name} ${LAYER_USES} ${LAYER_HIDES})
endfunction()

# add_closed_program(NAME LIBRARY need…): an empty program of the whole LIBRARY and its needs, nothing else.
function(add_closed_program name library)
  set(closed_main ${CMAKE_BINARY_DIR}/closed_main.cpp)
  if(NOT EXISTS ${closed_main})
    file(WRITE ${closed_main} "int main() { return 0; }\n")
  endif()
  add_executable(${name} ${closed_main})
  target_link_libraries(${name} PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,${library}> ${ARGN})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/closed)
endfunction()

# add_catalogue(TARGET TABLE TYPE HEADER FOLDER entry…)
#   Compiles FOLDER/<lower case entry>.cpp for each entry and generates `std::span<const TYPE> TABLE()`, which lists
#   `TYPE entry();` in the given order. Adding something is one new file and one word here.
function(add_catalogue target table type header folder)
  set(declarations "")
  set(calls "")
  foreach(entry IN LISTS ARGN)
    string(TOLOWER ${entry} file)
    target_sources(${target} PRIVATE ${folder}/${file}.cpp)
    string(APPEND declarations "${type} ${entry}();\n")
    string(APPEND calls "        ${entry}(),\n")
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${table}_catalogue.cpp)
  file(CONFIGURE OUTPUT ${generated} CONTENT [[
#include "@header@"

#include <array>

namespace arcscope {
@declarations@
std::span<const @type@> @table@()
{
    static const auto entries = std::to_array<@type@>({
@calls@    });
    return entries;
}
} // namespace arcscope
]] @ONLY)
  target_sources(${target} PRIVATE ${generated})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()
