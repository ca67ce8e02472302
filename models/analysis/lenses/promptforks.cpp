// System prompts as a tree of what they have in common, with the traffic of each.
#include "answerfacts.h"
#include "lensfields.h"
#include "lensgroups.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"children", "branches of a node that are shown; the rest is one", {}, 12, 2, 100, "branches"},
});

struct Variant {
    const SystemPrompt* prompt = nullptr;
    std::vector<Row> calls;
    int row = -1; ///< of the table
};

/// Same passages of all, of both: 0 to 1.
double inCommon(const SystemPrompt& a, const SystemPrompt& b)
{
    std::set<std::uint64_t> left;
    std::set<std::uint64_t> all;
    for (const PromptFragment& fragment : a.fragments)
        left.insert(fragment.hash);
    all = left;
    std::size_t both = 0;
    std::set<std::uint64_t> counted;
    for (const PromptFragment& fragment : b.fragments) {
        both += left.count(fragment.hash) > 0 && counted.insert(fragment.hash).second ? 1 : 0;
        all.insert(fragment.hash);
    }
    return all.empty() ? 0 : static_cast<double>(both) / static_cast<double>(all.size());
}

std::string beginOf(const SystemPrompt& prompt, std::size_t fragment)
{
    return fragment < prompt.fragments.size() ? prompt.fragments[fragment].begin : std::string();
}

class Tree
{
public:
    Tree(std::uint64_t all, std::size_t mostChildren)
        : m_all(all)
        , m_mostChildren(mostChildren)
    {
    }

    std::vector<LensNode> take() { return std::move(m_nodes); }

    /// Variants that begin with the same fragments up to `depth`, most calls first.
    void add(std::vector<Variant*> variants, std::size_t depth, int parent)
    {
        const std::size_t from = depth;
        while (allShare(variants, depth))
            ++depth;
        const SystemPrompt& first = *variants.front()->prompt;
        if (variants.size() == 1) {
            node(parent, beginOf(first, from), variants);
            return;
        }
        int self = parent;
        if (depth > from || parent < 0) {
            const std::string own = beginOf(first, from);
            self = node(parent, own + " (" + countText(depth - from, "shared passage") + ")", variants);
        }
        std::map<std::uint64_t, std::vector<Variant*>> branches; // 0: it ends here
        for (Variant* const variant : variants)
            branches[depth < variant->prompt->fragments.size() ? variant->prompt->fragments[depth].hash : 0].push_back(
                variant);
        addBranches(branches, depth, self);
    }

    /// Prompts with other first passages that have half of all in common.
    void addFamily(std::vector<std::vector<Variant*>>& roots)
    {
        if (roots.size() == 1)
            return add(std::move(roots.front()), 0, -1);
        std::vector<Variant*> all;
        for (const auto& root : roots)
            all.insert(all.end(), root.begin(), root.end());
        const int family = node(-1, "half of the passages in common, the first one differs", all);
        std::map<std::uint64_t, std::vector<Variant*>> branches;
        for (const auto& root : roots)
            branches[root.front()->prompt->fragments.empty() ? 0 : root.front()->prompt->fragments.front().hash] = root;
        addBranches(branches, 0, family);
    }

private:
    static bool allShare(const std::vector<Variant*>& variants, std::size_t depth)
    {
        const auto& first = variants.front()->prompt->fragments;
        return std::all_of(variants.begin(), variants.end(), [&](const Variant* variant) {
            const auto& fragments = variant->prompt->fragments;
            return depth < fragments.size() && depth < first.size() && fragments[depth].hash == first[depth].hash;
        });
    }

    static std::uint64_t callsOf(const std::vector<Variant*>& variants)
    {
        std::uint64_t calls = 0;
        for (const Variant* const variant : variants)
            calls += variant->calls.size();
        return calls;
    }

    void addBranches(const std::map<std::uint64_t, std::vector<Variant*>>& branches, std::size_t depth, int parent)
    {
        std::vector<std::pair<std::vector<Variant*>, bool>> ordered; // and whether they end here
        for (const auto& [hash, variants] : branches)
            ordered.emplace_back(variants, hash == 0);
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const auto& a, const auto& b) { return callsOf(a.first) > callsOf(b.first); });
        std::vector<Variant*> rest;
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            const auto& [variants, ends] = ordered[i];
            if (i >= m_mostChildren)
                rest.insert(rest.end(), variants.begin(), variants.end());
            else if (ends) // several, where they differ in white space only
                node(parent, "the same and nothing more", variants);
            else
                add(variants, depth, parent);
        }
        if (!rest.empty())
            node(parent, countText(rest.size(), "other prompt"), rest);
    }

    int node(int parent, std::string label, const std::vector<Variant*>& variants)
    {
        LensNode& made = m_nodes.emplace_back();
        made.parent = parent;
        made.label = std::move(label);
        for (const Variant* const variant : variants)
            made.spans.insert(made.spans.end(), variant->calls.begin(), variant->calls.end());
        std::sort(made.spans.begin(), made.spans.end());
        made.n = made.spans.size();
        made.share = static_cast<double>(made.n) / static_cast<double>(m_all);
        made.row = variants.size() == 1 ? variants.front()->row : -1;
        return static_cast<int>(m_nodes.size()) - 1;
    }

    std::vector<LensNode> m_nodes;
    std::uint64_t m_all;
    std::size_t m_mostChildren;
};

/// Groups of prompts that begin alike, and families of groups.
std::vector<std::vector<std::vector<Variant*>>> familiesOf(std::vector<Variant>& variants)
{
    constexpr std::size_t mostCompared = 300;
    constexpr double related = 0.5;
    std::vector<std::vector<Variant*>> roots;
    std::map<std::uint64_t, std::size_t> rootOf;
    for (Variant& variant : variants) {
        const auto& fragments = variant.prompt->fragments;
        const auto [at, isNew] = rootOf.try_emplace(fragments.empty() ? 0 : fragments.front().hash, roots.size());
        if (isNew)
            roots.emplace_back();
        roots[at->second].push_back(&variant);
    }
    std::vector<std::vector<std::vector<Variant*>>> families;
    for (std::vector<Variant*>& root : roots) {
        std::size_t in = families.size();
        for (std::size_t i = 0; i < families.size() && i < mostCompared && in == families.size(); ++i) {
            if (inCommon(*families[i].front().front()->prompt, *root.front()->prompt) >= related)
                in = i;
        }
        if (in == families.size())
            families.emplace_back();
        families[in].push_back(std::move(root));
    }
    return families;
}

std::string tenantsText(SpanTags& tags, const Corpus& corpus, const std::vector<Row>& rows)
{
    std::set<std::uint32_t> all;
    for (const Row row : rows) {
        if (const StringId tenant = tags.of(SpanText::Tenant, row))
            all.insert(tenant.value);
    }
    if (all.empty())
        return {};
    return all.size() == 1 ? std::string(corpus.strings[StringId{*all.begin()}]) : countText(all.size(), "tenant");
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const ShownRows shown(input);
    const std::vector<SystemPrompt> prompts = systemPromptsIn(input.factsOf(callFactsDetector));
    std::map<std::uint64_t, std::size_t> indexOf;
    std::vector<Variant> variants;
    for (const SystemPrompt& prompt : prompts) {
        indexOf.emplace(prompt.hash, variants.size());
        variants.push_back({&prompt, {}, -1});
    }
    LensResult result;
    for (const CallFacts& call : callFactsIn(input.factsOf(callFactsDetector))) {
        const auto found = indexOf.find(call.system);
        if (call.system == 0 || found == indexOf.end() || !shown.has(call.row))
            continue;
        variants[found->second].calls.push_back(call.row);
        ++result.n;
    }
    if (input.control.stopped())
        return cancelledLens();
    std::erase_if(variants, [](const Variant& variant) { return variant.calls.empty(); });
    std::stable_sort(variants.begin(), variants.end(),
                     [](const Variant& a, const Variant& b) { return a.calls.size() > b.calls.size(); });
    result.of = "model calls with a system prompt";
    LensTable& table = result.table;
    table.columns = {{"prompt", "System prompt"},
                     {"calls", "Calls"},
                     {"share", "Share"},
                     {"passages", "Passages"},
                     {"common", "In common with the first"},
                     {"tenant", "Tenant"},
                     {"version", "Prompt version"}};
    table.counts = 1;
    SpanTags tags(corpus);
    for (Variant& variant : variants) {
        variant.row = static_cast<int>(table.rows.size());
        const std::string tenants = tenantsText(tags, corpus, variant.calls);
        std::set<std::string_view> versions;
        for (const Row row : variant.calls)
            versions.insert(corpus.text(SpanText::PromptVersion, row));
        versions.erase("");
        std::string versionText;
        for (const std::string_view version : versions)
            versionText += (versionText.empty() ? "" : ", ") + std::string(version);
        table.rows.push_back({{beginOf(*variant.prompt, 0), countCell(variant.calls.size()),
                               shareCell(variant.calls.size(), result.n), countCell(variant.prompt->fragments.size()),
                               LensNumber{inCommon(*variants.front().prompt, *variant.prompt), LensUnit::Share},
                               tenants.empty() ? LensCell() : LensCell(tenants),
                               versionText.empty() ? LensCell() : LensCell(versionText)},
                              variant.calls});
    }
    auto families = familiesOf(variants);
    if (!variants.empty()) {
        Tree tree(result.n, static_cast<std::size_t>(input.values.number(parameters[0])));
        for (auto& family : families)
            tree.addFamily(family);
        LensChart& chart = result.charts.emplace_back();
        chart.kind = LensChartKind::Tree;
        chart.title = "System prompts by what they share, with their share of the calls";
        chart.nodes = tree.take();
    }
    const std::vector<Row> calls = modelCalls(input);
    if (result.n < calls.size())
        result.missing.push_back(
            missingField("system prompt", calls.size() - result.n, calls.size(), "They are in no branch."));
    if (variants.empty()) {
        result.sentence = "No system prompt is recorded.";
        return result;
    }
    result.sentence = countText(result.n, "call") + " with " + countText(variants.size(), "system prompt") + " in " +
                      std::to_string(families.size()) + (families.size() == 1 ? " family" : " families") +
                      "; the most used one has " + partText(variants.front().calls.size(), result.n) + '.';
    return result;
}

} // namespace

Lens promptForks()
{
    return {
        "prompt-forks",
        "Forks of system prompts",
        "How many different system prompts are in use, where do they part, and how much traffic has each?",
        "Passages are compared as they are: a date or a name in the first one parts prompts that are else the same. "
        "From the 48th passage on the rest counts as one.",
        {{"system prompt", "tenant", "prompt"}, callLensColumns(), {callFactsDetector}},
        parameters,
        run};
}

} // namespace arcscope
