// StreamFile: the events of one model call, written as OTLP JSON in the form of models/importers/recording.md.
#pragma once

#include "runclock.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace arcscope::speculation
{

struct StreamAttribute {
    std::string key; ///< without prefix
    std::variant<std::string, std::int64_t, bool, std::vector<std::string>> value;
};

struct StreamFileEvent {
    std::string name; ///< without prefix
    RunTime at = 0;
    std::vector<StreamAttribute> attributes;
};

struct StreamFile {
    std::string traceId;
    std::string spanId;
    std::string name;
    RunTime start = 0;
    RunTime end = 0;
    std::string text;                        ///< the answer
    std::vector<StreamAttribute> attributes; ///< of the span, with their whole keys
    std::vector<StreamFileEvent> events;

    /// One line with the span and its events; `asLogs`: the events in a second one, as log records.
    std::string json(bool asLogs) const;
};

} // namespace arcscope::speculation
