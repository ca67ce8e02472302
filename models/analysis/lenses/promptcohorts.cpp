// Two versions of a prompt side by side.
#include "lensarcs.h"
#include "lenscompare.h"
#include "lensfields.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"prompt", "name of the prompt; not given: the one with most calls that has two versions", {}, 0, 0, 0, {}, true},
    {"a", "the version compared with; not given: the one before", {}, 0, 0, 0, {}, true},
    {"b", "the version looked at; not given: the last one that came", {}, 0, 0, 0, {}, true},
});

struct Version {
    StringId id;
    Nanos first = noTime;
    std::vector<Row> calls;
};

using Versions = std::vector<Version>; ///< by first use

std::map<std::uint32_t, Versions> versionsOf(const Corpus& corpus, const std::vector<Row>& calls,
                                             std::uint64_t& unversioned)
{
    std::map<std::uint32_t, std::map<std::uint32_t, Version>> all;
    for (const Row row : calls) {
        const StringId version = corpus.spans.text(SpanText::PromptVersion, row);
        if (!version) {
            ++unversioned;
            continue;
        }
        Version& into = all[corpus.spans.text(SpanText::PromptName, row).value][version.value];
        const Nanos start = corpus.spans.start(row);
        into.id = version;
        if (start != noTime)
            into.first = into.first == noTime ? start : std::min(into.first, start);
        into.calls.push_back(row);
    }
    std::map<std::uint32_t, Versions> ordered;
    for (auto& [name, versions] : all) {
        for (auto& [id, version] : versions)
            ordered[name].push_back(std::move(version));
        std::stable_sort(ordered[name].begin(), ordered[name].end(),
                         [](const Version& a, const Version& b) { return a.first < b.first; });
    }
    return ordered;
}

const Version* versionNamed(const Corpus& corpus, const Versions& versions, std::string_view wanted)
{
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [&](const Version& one) { return corpus.strings[one.id] == wanted; });
    return found == versions.end() ? nullptr : &*found;
}

/// Tasks (else sessions) that hold calls of both.
std::uint64_t mixed(const Corpus& corpus, SpanTags& tags, SpanText of, const Version& a, const Version& b)
{
    std::set<std::uint32_t> left;
    std::set<std::uint32_t> both;
    for (const Row row : a.calls)
        left.insert(tags.of(of, row).value);
    for (const Row row : b.calls) {
        if (const StringId id = tags.of(of, row); id && left.count(id.value) > 0)
            both.insert(id.value);
    }
    static_cast<void>(corpus);
    return both.size();
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::vector<Row> calls = modelCalls(input);
    std::uint64_t unversioned = 0;
    const auto prompts = versionsOf(corpus, calls, unversioned);
    LensResult result;
    result.of = "model calls of the two versions";
    if (unversioned > 0)
        result.missing.push_back(
            missingField(SpanText::PromptVersion, unversioned, calls.size(), "They are in neither version."));
    const std::string_view wanted = input.values.word(parameters[0]);
    const Versions* chosen = nullptr;
    std::string promptName;
    std::size_t most = 0;
    for (const auto& [id, versions] : prompts) {
        std::size_t count = 0;
        for (const Version& version : versions)
            count += version.calls.size();
        const std::string_view known = corpus.strings[StringId{id}];
        const bool fits = wanted.empty() ? versions.size() > 1 : known == wanted;
        if (fits && count > most) {
            chosen = &versions;
            promptName = known;
            most = count;
        }
    }
    const Version* a = nullptr;
    const Version* b = nullptr;
    if (chosen) {
        const std::string_view wantedA = input.values.word(parameters[1]);
        const std::string_view wantedB = input.values.word(parameters[2]);
        b = wantedB.empty() ? &chosen->back() : versionNamed(corpus, *chosen, wantedB);
        if (!wantedA.empty())
            a = versionNamed(corpus, *chosen, wantedA);
        else if (b && b != chosen->data())
            a = b - 1;
        else if (b && chosen->size() > 1)
            a = b + 1;
    }
    if (!a || !b || a == b) {
        result.sentence = prompts.empty() ? "No prompt version is recorded."
                                          : "No prompt has two such versions; there is nothing to compare.";
        return result;
    }
    const CallMetricsReader reader(input);
    if (input.control.stopped())
        return cancelledLens();
    const std::string label = promptName.empty() ? std::string("version") : promptName;
    const Cohort early{label + ' ' + std::string(corpus.strings[a->id]), a->calls};
    const Cohort late{label + ' ' + std::string(corpus.strings[b->id]), b->calls};
    fillComparison(reader, input, early, late, result.table);
    result.n = a->calls.size() + b->calls.size();
    result.charts.push_back(differenceBars(result.table, early, late));
    result.charts.push_back(
        bucketBars(reader, {{a->id, early.name, a->calls, true}, {b->id, late.name, b->calls, true}}));
    SpanTags tags(corpus);
    for (const SpanText of : {SpanText::Task, SpanText::Session}) {
        const std::uint64_t both = mixed(corpus, tags, of, *a, *b);
        if (both > 0)
            result.caveats.push_back(countText(both, fieldName(of)) + (both == 1 ? " holds" : " hold") +
                                     " calls of both versions: assigned by turn, not by user, so one version "
                                     "answers what the other began.");
    }
    if (a->first != noTime && b->first != noTime) {
        const auto lastOf = [&](const Version& version) {
            Nanos last = noTime;
            for (const Row row : version.calls)
                last = std::max(last, corpus.spans.start(row));
            return last;
        };
        if (lastOf(*a) < b->first || lastOf(*b) < a->first)
            result.caveats.push_back("The two versions were not in use at the same time: whatever else changed with "
                                     "time is in the differences, too.");
    }
    if (!input.arcs)
        result.caveats.push_back("How often users asked again is not told here: no task arcs were found.");
    reader.addMissing(
        [&] {
            std::vector<Row> both = a->calls;
            both.insert(both.end(), b->calls.begin(), b->calls.end());
            return reader.of(both);
        }(),
        result);
    addCostCaveats(reader.costs(), result);
    const std::string clear = clearDifferences(result.table);
    result.sentence = late.name + " (" + countText(b->calls.size(), "call") + ") against " + early.name + " (" +
                      countText(a->calls.size(), "call") +
                      "): " + (clear.empty() ? "no metric has a 95 % interval that leaves out no difference" : clear) +
                      '.';
    result.caveats.push_back("Of some fourteen metrics one may well leave out 0 by chance.");
    return result;
}

} // namespace

Lens promptCohorts()
{
    return {"prompt-versions",
            "Two versions of a prompt",
            "How do two versions of a prompt differ in how calls end, in form, refusals, tools, length, cost and "
            "questions asked again?",
            "Traffic may differ between the versions: intervals speak of chance, not of what was asked.",
            {[] {
                 auto fields = metricFields();
                 fields.insert(fields.begin(), "prompt");
                 return fields;
             }(),
             metricLensColumns(), metricFacts(), false, true, true},
            parameters,
            run};
}

} // namespace arcscope
