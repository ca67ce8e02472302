#include <archive_entry.h>
#include <protozero/pbf_reader.hpp>
#include <yaml.h>
#include <zstd.h>
