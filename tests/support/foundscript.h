// Findings written by a test, ranked as those of a search.
#pragma once

#include "assembledcorpus.h"
#include "foundfindings.h"

namespace arcscope::testing
{

inline Finding foundAt(Row row, std::string rule, std::string what)
{
    Finding finding;
    finding.rule = std::move(rule);
    finding.what = std::move(what);
    finding.places.emplace_back().row = row;
    return finding;
}

} // namespace arcscope::testing
