# The packages: DEB, RPM and TGZ by CPack. cpackproject.cmake says what goes into which.
set(CPACK_GENERATOR DEB RPM TGZ)
set(CPACK_PACKAGE_NAME arcscope)
set(CPACK_PACKAGE_VENDOR "The Arcscope authors")
set(CPACK_PACKAGE_CONTACT "The Arcscope authors <arcscope@packages.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "trace inspector for LLM features and agents")
set(CPACK_PACKAGE_DESCRIPTION "Arcscope opens the traces that other tools export (OTLP, Jaeger, Zipkin,
Chrome traces, exports of observability platforms, sessions of coding
agents, evaluation logs, provider streams) and shows what a user saw of a
streamed answer and when it was taken back, why model calls really stopped,
which tool call let the others down, whether the task got done, and what a
new model changes. It works from disk, with no server, account or network.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_SYSTEM_NAME ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
  WORLD_EXECUTE)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/cpackproject.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz) # lintian knows no zstd
# What is loaded at run time and what only a desktop needs: no library that dpkg-shlibdeps could see.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "qt6-wayland, fonts-noto-mono, fonts-dejavu-core, hicolor-icon-theme, shared-mime-info, desktop-file-utils")

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later AND LicenseRef-WordNet")
set(CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
# Neither the time nor the machine of the build: the same commit gives the same package.
set(CPACK_RPM_SPEC_MORE_DEFINE "%global _buildhost localhost
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1")
set(CPACK_RPM_PACKAGE_GROUP "Development/Tools")
# Folders that every system has; it owns them. What lies in others goes with them.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/applications /usr/share/mime /usr/share/mime/packages /usr/share/icons
  /usr/share/icons/hicolor /usr/share/icons/hicolor/48x48 /usr/share/icons/hicolor/48x48/apps
  /usr/share/icons/hicolor/128x128 /usr/share/icons/hicolor/128x128/apps /usr/share/icons/hicolor/scalable
  /usr/share/icons/hicolor/scalable/apps /usr/share/icons/hicolor/scalable/mimetypes /usr/share/icons/hicolor/symbolic
  /usr/share/icons/hicolor/symbolic/apps /usr/share/man /usr/share/man/man1 /usr/share/bash-completion
  /usr/share/bash-completion/completions)
include(CPack)
