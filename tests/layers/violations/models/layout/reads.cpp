#include <nlohmann/json.hpp>
#include <simdjson.h>
