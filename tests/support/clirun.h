// Runs a sub-command in the test's own process.
#pragma once

#include "commandline.h"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::testing
{

struct Outcome {
    int status;
    std::string out;
    std::string err;

    /// Discarded where it wrote no JSON.
    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
    bool says(std::string_view text) const { return out.find(text) != std::string::npos; }
};

inline Outcome run(const std::vector<std::string>& arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const int status = runCommand(arguments, {out, err, {}, false});
    return {status, out.str(), err.str()};
}

} // namespace arcscope::testing
