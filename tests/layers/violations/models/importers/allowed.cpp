#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <zstd.h>
#include <archive.h>
