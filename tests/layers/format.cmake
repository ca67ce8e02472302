# cmake -P format.cmake CLANG_FORMAT ROOT: every C++ file of the project is laid out as clang-format would. Its files are
# those that git knows or would add, or without a checkout all in the folders of the project.
cmake_minimum_required(VERSION 3.25)
math(EXPR last "${CMAKE_ARGC} - 1")
math(EXPR before "${CMAKE_ARGC} - 2")
set(clang_format ${CMAKE_ARGV${before}})
get_filename_component(root ${CMAKE_ARGV${last}} ABSOLUTE)

execute_process(COMMAND git ls-files --cached --others --exclude-standard *.cpp *.h
  WORKING_DIRECTORY ${root} OUTPUT_VARIABLE listed ERROR_QUIET RESULT_VARIABLE failed)
string(REGEX MATCHALL "[^\n]+" listed "${listed}")
set(files "")
foreach(file IN LISTS listed)
  if(EXISTS ${root}/${file})
    list(APPEND files ${file})
  endif()
endforeach()
if(failed OR NOT files)
  file(GLOB_RECURSE files RELATIVE ${root} ${root}/app/*.cpp ${root}/app/*.h ${root}/models/*.cpp ${root}/models/*.h
    ${root}/resources/*.cpp ${root}/resources/*.h ${root}/tests/*.cpp ${root}/tests/*.h ${root}/widgets/*.cpp
    ${root}/widgets/*.h)
endif()
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "${root}: no sources found")
endif()

execute_process(COMMAND ${clang_format} --style=file --dry-run --Werror ${files}
  WORKING_DIRECTORY ${root} ERROR_VARIABLE findings RESULT_VARIABLE failed)
if(failed)
  string(REGEX MATCHALL "[^\n]+: error: [^\n]+" lines "${findings}")
  if(NOT lines)
    message(FATAL_ERROR "${clang_format}: ${failed} ${findings}")
  endif()
  list(JOIN lines "\n" lines)
  message(FATAL_ERROR "Run clang-format -i on what it would change:\n${lines}")
endif()
message(STATUS "${count} files")
