// What calls stopped for, written by a test, as a search finds it.
#pragma once

#include "assembledcorpus.h"
#include "foundstops.h"

namespace arcscope::testing
{

/// Its bucket is that of the rule.
inline SpanStop stopAt(const Corpus& corpus, Row row, std::string_view rule, bool disagrees = false)
{
    SpanStop stop;
    stop.row = row;
    stop.rule = stopRuleNamed(rule)->name;
    stop.bucket = stopRuleNamed(rule)->bucket;
    stop.claim = claimOf(corpus.text(SpanText::StopReason, row));
    stop.disagrees = disagrees;
    return stop;
}

/// Five calls of two models, two of which disagree, and a run.
inline StopsPtr fiveCalls()
{
    auto corpus =
        std::make_shared<Corpus>(corpusOf("t r - agent 0-9 stop=end_turn\n"
                                          "t a r model 0-10 stop=end_turn model=m-1 version=41 out=30\n"
                                          "t b r model 3600000-3600010 stop=end_turn model=m-1 version=42 out=90\n"
                                          "t c r model 3600020-3600030 stop=tool_use requested=m-2 version=42\n"
                                          "t d r model 10800000-10800001 stop=eager_stop model=m-2\n"
                                          "t e r model -\n"));
    auto found = std::make_shared<FoundStops>();
    found->corpus = corpus;
    const std::pair<const char*, std::pair<const char*, bool>> stops[] = {
        {"r", {"ends_whole", false}}, {"a", {"ends_whole", false}},      {"b", {"open_code", true}},
        {"c", {"tool_call", false}},  {"d", {"refusal_in_prose", true}}, {"e", {"no_evidence", false}}};
    for (const auto& [span, how] : stops)
        found->survey.push_back(stopAt(*corpus, rowNamed(*corpus, span), how.first, how.second));
    return found;
}

} // namespace arcscope::testing
