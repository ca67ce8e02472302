# arcscope_test(NAME tst_x LAYERS layer… [FOLDER unit] [GUI] [SHARED])
#   One executable of FOLDER/tst_x.cpp with Qt Test, linking the named layers (or imported targets) only. GUI adds Qt Widgets
#   and the offscreen platform. SHARED tests read ARCSCOPE_SHARED_DIR and do not exist without it.
function(arcscope_test)
  cmake_parse_arguments(PARSE_ARGV 0 TEST "GUI;SHARED" "NAME;FOLDER" "LAYERS")
  if(TEST_SHARED AND NOT ARCSCOPE_SHARED_DIR)
    return()
  endif()
  if(NOT TEST_FOLDER)
    set(TEST_FOLDER unit)
  endif()
  arcscope_need_targets(${TEST_FOLDER}/${TEST_NAME}.cpp ${TEST_LAYERS})

  add_executable(${TEST_NAME} ${TEST_FOLDER}/${TEST_NAME}.cpp)
  target_link_libraries(${TEST_NAME} PRIVATE ${TEST_LAYERS} Qt6::Test arcscope_warnings)
  arcscope_use_precompiled(${TEST_NAME} ${TEST_GUI} ${TEST_LAYERS})
  target_include_directories(${TEST_NAME} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support)
  target_compile_definitions(${TEST_NAME} PRIVATE ARCSCOPE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data"
    ARCSCOPE_TEST_SAMPLES="${PROJECT_SOURCE_DIR}/resources/samples")
  set_target_properties(${TEST_NAME} PROPERTIES
    AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  if(TEST_SHARED)
    target_compile_definitions(${TEST_NAME} PRIVATE ARCSCOPE_SHARED_DIR="${ARCSCOPE_SHARED_DIR}")
  endif()

  # A test never sees the settings of whoever runs it, nor another test's.
  set(home ${CMAKE_CURRENT_BINARY_DIR}/home/${TEST_NAME})
  file(MAKE_DIRECTORY ${home})
  set(environment HOME=${home} XDG_CONFIG_HOME=${home}/config XDG_DATA_HOME=${home}/data XDG_CACHE_HOME=${home}/cache
    LC_ALL=C.UTF-8)
  if(TEST_GUI)
    target_link_libraries(${TEST_NAME} PRIVATE Qt6::Widgets)
    list(APPEND environment QT_QPA_PLATFORM=offscreen QT_QPA_PLATFORMTHEME=)
  endif()
  add_test(NAME ${TEST_NAME} COMMAND ${TEST_NAME})
  set_tests_properties(${TEST_NAME} PROPERTIES ENVIRONMENT "${environment}" TIMEOUT 300 LABELS ${TEST_FOLDER})
endfunction()

# For tests with a precompiled header. Little is to be gained by optimising what tests say; done by half, GCC 12 suspects
# strings that are assigned of going over their ends.
set(test_options $<$<CONFIG:RelWithDebInfo>:-O1> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>)

# arcscope_precompile(NAME LIBRARIES target… HEADERS header…)
#   The headers that tests share, compiled once: parsing them is most of what a test takes to compile. Only tests have that;
#   what ships proves that each file includes what it needs. Clang wants equal definitions in all users: GCC only.
function(arcscope_precompile name)
  cmake_parse_arguments(PARSE_ARGV 1 SHARE "" "" "LIBRARIES;HEADERS")
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    return()
  endif()
  set(nothing ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  if(NOT EXISTS ${nothing})
    file(WRITE ${nothing} "")
  endif()
  add_library(${name} OBJECT ${nothing})
  target_link_libraries(${name} PRIVATE ${SHARE_LIBRARIES} Qt6::Test arcscope_warnings)
  target_compile_options(${name} PRIVATE ${test_options})
  target_precompile_headers(${name} PRIVATE ${SHARE_HEADERS})
  arcscope_cache_precompiled(${name})
endfunction()

# arcscope_cache_precompiled(TARGET): without these two words ccache keeps nothing that has a precompiled header.
function(arcscope_cache_precompiled target)
  if(CCACHE)
    set_target_properties(${target} PROPERTIES
      CXX_COMPILER_LAUNCHER "env;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE}")
  endif()
endfunction()

# arcscope_use_precompiled(TEST GUI? layer…): by the parts of Qt that the layers bring; those that bring others go without.
function(arcscope_use_precompiled test gui)
  set(shared tests_core)
  if(widgets IN_LIST ARGN)
    set(shared tests_widgets)
  elseif(gui OR "${ARGN}" MATCHES "instance|Qt6::(Gui|Network|DBus)")
    return()
  endif()
  if(TARGET ${shared})
    target_compile_options(${test} PRIVATE ${test_options})
    target_precompile_headers(${test} REUSE_FROM ${shared})
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${test}_autogen/mocs_compilation.cpp # holds nothing
      PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    arcscope_cache_precompiled(${test})
  endif()
endfunction()

# arcscope_test_folder(FOLDER [GUI])
#   Registers every FOLDER/tst_*.cpp by its first line: "// layers: core store", with GUI or SHARED behind where needed.
function(arcscope_test_folder folder)
  file(GLOB files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${folder} CONFIGURE_DEPENDS ${folder}/tst_*.cpp)
  foreach(file IN LISTS files)
    arcscope_first_line(${folder}/${file} words)
    set(options ${ARGN})
    foreach(option GUI SHARED)
      if(option IN_LIST words)
        list(REMOVE_ITEM words ${option})
        list(APPEND options ${option})
      endif()
    endforeach()
    list(REMOVE_DUPLICATES options)
    get_filename_component(name ${file} NAME_WE)
    arcscope_test(NAME ${name} FOLDER ${folder} LAYERS ${words} ${options})
  endforeach()
endfunction()

# arcscope_thread_folder(FOLDER)
#   Every FOLDER/*.cpp is a plain program without Qt, which a thread sanitizer can follow; it fails by its exit code.
function(arcscope_thread_folder folder)
  file(GLOB files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${folder} CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(file IN LISTS files)
    arcscope_first_line(${folder}/${file} layers)
    get_filename_component(name ${file} NAME_WE)
    set(name threads_${name})
    arcscope_program(${name} ${folder}/${file} ${layers})
    target_link_libraries(${name} PRIVATE Threads::Threads)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 LABELS threads)
  endforeach()
endfunction()

# arcscope_evaluation_folder(FOLDER)
#   Every FOLDER/eval_*.cpp is a plain program that measures detectors on ARCSCOPE_SHARED_DIR, prints the figures and fails
#   where a goal is missed. Without that folder there are only those whose first line says ALONE: they need no data.
function(arcscope_evaluation_folder folder)
  file(GLOB files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${folder} CONFIGURE_DEPENDS ${folder}/eval_*.cpp)
  foreach(file IN LISTS files)
    arcscope_first_line(${folder}/${file} layers)
    if(layers MATCHES "Qt6::" AND NOT ARCSCOPE_GUI OR NOT "ALONE" IN_LIST layers AND NOT ARCSCOPE_SHARED_DIR)
      continue()
    endif()
    list(REMOVE_ITEM layers ALONE)
    get_filename_component(name ${file} NAME_WE)
    arcscope_program(${name} ${folder}/${file} ${layers})
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/benchmarks)
    target_compile_definitions(${name} PRIVATE ARCSCOPE_SHARED_DIR="${ARCSCOPE_SHARED_DIR}"
      ARCSCOPE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data" ARCSCOPE_SAMPLES="${PROJECT_SOURCE_DIR}/resources/samples"
      ARCSCOPE_RULE_MEASURES="${PROJECT_SOURCE_DIR}/models/analysis/detectors/rulemeasures.inc")
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 LABELS evaluations)
  endforeach()
endfunction()

# arcscope_fuzz(NAME LAYERS layer… [SEEDS folder…])
#   fuzz/NAME.cpp defines LLVMFuzzerTestOneInput. With ARCSCOPE_FUZZ it becomes a libFuzzer program, and its test fuzzes for
#   a short while, starting from fuzz/corpus/NAME and SEEDS. Without, its test runs every file of these folders, whole and
#   damaged.
function(arcscope_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 FUZZ "" "" "LAYERS;SEEDS")
  set(folders ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  foreach(seeds IN LISTS FUZZ_SEEDS)
    list(APPEND folders ${CMAKE_CURRENT_SOURCE_DIR}/${seeds})
  endforeach()
  foreach(folder IN LISTS folders)
    if(NOT IS_DIRECTORY ${folder})
      message(FATAL_ERROR "fuzz/${name}.cpp needs at least one file in ${folder}")
    endif()
  endforeach()
  arcscope_program(fuzz_${name} fuzz/${name}.cpp ${FUZZ_LAYERS})
  if(ARCSCOPE_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(found ${CMAKE_CURRENT_BINARY_DIR}/fuzz/${name})
    file(MAKE_DIRECTORY ${found})
    add_test(NAME fuzz_${name} WORKING_DIRECTORY ${found}
      COMMAND fuzz_${name} -max_total_time=20 -timeout=10 -rss_limit_mb=4096 ${found} ${folders})
  else()
    target_sources(fuzz_${name} PRIVATE fuzz/replay/replay.cpp)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${folders} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 600 LABELS fuzz)
endfunction()

# arcscope_fuzz_folder(FOLDER)
#   arcscope_fuzz() for every FOLDER/*.cpp, with the layers of its first line and the "// seeds:" of its second, if any.
function(arcscope_fuzz_folder folder)
  file(GLOB files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${folder} CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(file IN LISTS files)
    arcscope_first_line(${folder}/${file} layers)
    file(STRINGS ${folder}/${file} seeds LIMIT_COUNT 2 REGEX "^// seeds: ")
    string(REGEX REPLACE "^// seeds: " "" seeds "${seeds}")
    separate_arguments(seeds)
    get_filename_component(name ${file} NAME_WE)
    arcscope_fuzz(${name} LAYERS ${layers} SEEDS ${seeds})
  endforeach()
endfunction()

# arcscope_program(NAME FILE layer…): a test program without Qt.
function(arcscope_program name file)
  arcscope_need_targets(${file} ${ARGN})
  add_executable(${name} ${file})
  target_link_libraries(${name} PRIVATE ${ARGN} arcscope_warnings)
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support)
  target_compile_definitions(${name} PRIVATE ARCSCOPE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
endfunction()

# arcscope_need_targets(FILE target…): stops where FILE names what does not exist.
function(arcscope_need_targets file)
  foreach(target IN LISTS ARGN)
    if(NOT TARGET ${target})
      message(FATAL_ERROR "tests/${file} names '${target}', which is no layer and no target")
    endif()
  endforeach()
endfunction()

# arcscope_first_line(FILE VAR): the words behind "// layers:" on the first line of FILE.
function(arcscope_first_line file out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(STRINGS ${file} first LIMIT_COUNT 1)
  if(NOT first MATCHES "^// layers:( [A-Za-z0-9_: ]+)?$")
    message(FATAL_ERROR "${file}: the first line has to name the layers it links, as in: // layers: core store")
  endif()
  string(REGEX MATCHALL "[A-Za-z0-9_:]+" words "${CMAKE_MATCH_1}")
  set(${out} ${words} PARENT_SCOPE)
endfunction()
