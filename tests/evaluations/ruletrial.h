// Counts how often rules are right about invented traces: each with one fault planted for one rule, or with something
// much like it that all rules are to leave alone. All detectors read each of them.
#pragma once

#include "inventedtrace.h"
#include "toldmeasures.h"

#include <ctime>

namespace arcscope::evaluation
{

/// How traces for one rule are invented.
struct RuleRecipe {
    std::string_view rule;
    void (*planted)(Invention&); ///< with the fault
    void (*near)(Invention&);    ///< much like it
    /// Rules that are right to fire, too, where it is planted: neither right nor wrong is counted for them.
    std::set<std::string_view> also = {};
    std::set<std::string_view> alsoNear = {}; ///< in the near misses
};

struct TrialOptions {
    bool show = false;     ///< prints what is wrong or missed
    std::string_view only; ///< this rule
};

inline TrialOptions trialOptions(int count, char** arguments)
{
    TrialOptions options;
    for (int i = 1; i < count; ++i) {
        options.show = true;
        if (std::string_view(arguments[i]) != "--show")
            options.only = arguments[i];
    }
    return options;
}

/// The rules that say something aloud: above a signal, or whose best is a signal.
inline std::map<std::string_view, Finding> firedIn(testing::TraceScript& script)
{
    std::vector<Finding> found;
    std::map<std::string_view, std::vector<TraceFact>> facts;
    const std::vector<JoinedTraces> sessions = joinedTraces(script.corpus);
    for (std::uint32_t trace = 0; trace < script.corpus.traces.rows(); ++trace) {
        const bool joined =
            std::ranges::any_of(sessions, [&](const auto& all) { return std::ranges::count(all, trace) > 0; });
        testing::ScriptedTrace reading(script, trace);
        for (const Detector& detector : detectors()) {
            if (detector.run && !(joined && detector.joinsSessions))
                detector.run(reading, found);
            if (detector.collect)
                detector.collect(reading, facts[detector.name]);
        }
    }
    for (const JoinedTraces& session : sessions) {
        testing::ScriptedTrace reading(script, session);
        for (const Detector& detector : detectors()) {
            if (detector.run && detector.joinsSessions)
                detector.run(reading, found);
        }
    }
    for (const Detector& detector : detectors()) {
        if (detector.conclude)
            detector.conclude(script.corpus, facts[detector.name], found);
        if (detector.concludeSet)
            detector.concludeSet(script.corpus, facts[detector.name], {}, found);
    }
    std::map<std::string_view, Finding> fired;
    for (Finding& finding : found) {
        const DetectorRule& rule = *ruleNamed(finding.rule);
        if (finding.level != FindingLevel::Signal || rule.level == FindingLevel::Signal)
            fired.emplace(rule.name, std::move(finding));
    }
    return fired;
}

/// Invents `each` traces with a fault and `each` near misses for every recipe, and holds what fires against the table.
inline void tryRules(std::span<const RuleRecipe> recipes, std::string_view set, int each, const TrialOptions& options)
{
    struct Count {
        int right = 0;
        int fired = 0;
        int there = 0;
    };
    std::map<std::string_view, Count> counts;
    const auto show = [&](const char* what, std::string_view rule, const RuleRecipe& recipe, const Invention& in,
                          const Finding* finding) {
        if (!options.show || (!options.only.empty() && options.only != rule && options.only != recipe.rule))
            return;
        std::printf("%s: %s, in a trace for %s\n", what, std::string(rule).c_str(), std::string(recipe.rule).c_str());
        if (finding) {
            std::printf("    %s\n", finding->what.c_str());
            for (const FindingPlace& place : finding->places)
                std::printf("    “%s”\n", place.quote.c_str());
            return;
        }
        for (const auto& [id, content] : in.contents) {
            for (const Message& message : content.output) {
                for (const Part& part : message.parts)
                    std::printf("    %s: %s %s\n", id.c_str(), part.name.c_str(), part.text.c_str());
            }
            if (!content.input.empty() && !content.input.back().parts.empty())
                std::printf("    %s is given: %s\n", id.c_str(), content.input.back().parts[0].text.c_str());
        }
    };
    for (const RuleRecipe& recipe : recipes) {
        counts[recipe.rule];
        for (int i = 0; i < 2 * each; ++i) {
            const bool planted = i < each;
            Invention in(hashOf(std::string(recipe.rule)) % 1'000'003 * 1'000 + static_cast<std::uint64_t>(i));
            (planted ? recipe.planted : recipe.near)(in);
            testing::TraceScript script = in.script();
            const auto fired = firedIn(script);
            for (const auto& [rule, finding] : fired) {
                const bool right = planted && rule == recipe.rule;
                if (!right && (planted ? recipe.also : recipe.alsoNear).contains(rule))
                    continue;
                ++counts[rule].fired;
                counts[rule].right += right ? 1 : 0;
                if (!right)
                    show(planted ? "wrong" : "wrong, near miss", rule, recipe, in, &finding);
            }
            counts[recipe.rule].there += planted ? 1 : 0;
            if (planted && !fired.contains(recipe.rule))
                show("missed", recipe.rule, recipe, in, nullptr);
        }
    }
    std::vector<RuleMeasure> told;
    for (const auto& [rule, count] : counts)
        told.push_back({ruleNamed(rule) ? ruleNamed(rule)->name : rule, MeasureKind::Generated, set, count.right,
                        count.fired, count.there});
    std::printf("%s: %d with a fault and %d near misses for each of %zu rules, %.1f s of CPU\n",
                std::string(set).c_str(), each, each, recipes.size(),
                static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
    checkTold(told);
}

} // namespace arcscope::evaluation
