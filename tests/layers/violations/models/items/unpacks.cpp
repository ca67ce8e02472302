#include <archive_entry.h>
#include <protozero/pbf_reader.hpp>
#include <xxhash.h>
#include <yaml.h>
#include <zstd.h>
