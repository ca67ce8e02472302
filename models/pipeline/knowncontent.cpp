#include "knowncontent.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace arcscope
{
namespace
{

/// Earlier inputs that one input is compared with: those that begin alike, the newest first.
constexpr std::size_t mostCandidates = 64;

/// Reads to the end, or to byte `last`; `at(digest)` is called behind each of the lengths, which rise.
template <typename At>
Result<ContentDigest> digestOf(const InputFile& file, const DigestKey& key, std::span<const std::uint64_t> lengths,
                               std::uint64_t last, const Control& control, At at)
{
    auto source = openSource(file, control);
    if (!source)
        return source.error();
    constexpr std::size_t step = std::size_t(1) << 20;
    const auto buffer = std::make_unique_for_overwrite<char[]>(step);
    ContentDigest digest(key);
    for (std::size_t next = 0;;) {
        const std::uint64_t until = next < lengths.size() ? std::min(lengths[next], last) : last;
        const auto got = (*source)->read(
            {buffer.get(), static_cast<std::size_t>(std::min<std::uint64_t>(step, until - digest.bytes()))});
        if (!got)
            return got.error();
        digest.add({buffer.get(), *got});
        for (; next < lengths.size() && lengths[next] == digest.bytes(); ++next)
            at(std::as_const(digest));
        if (*got == 0 || digest.bytes() == last)
            return digest;
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
    }
}

} // namespace

KnownContent::KnownContent(const ContentMarks& stored)
    : m_key(stored.key)
{
    for (const auto& [source, mark] : stored.marks)
        enter({source, mark, std::nullopt});
}

void KnownContent::enter(Known known)
{
    m_whole.emplace(std::pair(known.mark.bytes, known.mark.digest), m_known.size());
    if (known.mark.rungs.front() != 0)
        m_byFirst.emplace(known.mark.rungs.front(), m_known.size());
    else
        m_small.push_back(m_known.size());
    m_known.push_back(std::move(known));
}

void KnownContent::add(std::size_t source, const ContentMark& mark, const InputFile& file)
{
    if (mark.bytes == 0)
        return;
    m_added.emplace_back(source, mark);
    enter({source, mark, file.path == "-" ? std::nullopt : std::optional(file)});
}

bool KnownContent::beginsWith(const Known& known, const ContentMark& mark, const Control& control) const
{
    if (!known.file)
        return false;
    const auto digest = digestOf(*known.file, m_key, {}, mark.bytes, control, [](const ContentDigest&) {});
    return digest && digest->value() == mark.digest;
}

Recognised KnownContent::compare(const InputFile& file, const std::vector<const Known*>& candidates,
                                 const Control& control) const
{
    std::vector<std::uint64_t> lengths;
    for (const Known* known : candidates)
        lengths.push_back(known->mark.bytes);
    const Known* begins = nullptr;
    const auto digest = digestOf(file, m_key, lengths, std::numeric_limits<std::uint64_t>::max(), control,
                                 [&](const ContentDigest& sofar) {
                                     for (const Known* known : candidates) {
                                         if (known->mark.bytes == sofar.bytes() && known->mark.digest == sofar.value())
                                             begins = known;
                                     }
                                 });
    if (!digest)
        return {}; // who reads it says why
    const ContentMark mark = digest->mark();
    if (begins && begins->mark.bytes == mark.bytes)
        return {Recognised::As::Same, begins->source, begins->mark, mark.bytes};
    for (const Known* known : candidates) {
        if (known->mark.bytes > mark.bytes && beginsWith(*known, mark, control))
            return {Recognised::As::Part, known->source, known->mark, mark.bytes};
    }
    if (begins)
        return {Recognised::As::Grown, begins->source, begins->mark, mark.bytes};
    return {};
}

bool KnownContent::shorter(const Known* a, const Known* b)
{
    return a->mark.bytes < b->mark.bytes;
}

/// Earlier inputs without a first rung that the head begins with.
std::vector<const KnownContent::Known*> KnownContent::smallBeginnings(std::string_view head) const
{
    std::vector<const Known*> found;
    std::size_t looked = 0;
    for (auto it = m_small.rbegin(); it != m_small.rend() && looked < mostCandidates; ++it, ++looked) {
        const Known& known = m_known[*it];
        if (known.mark.bytes >= head.size())
            continue;
        ContentDigest digest(m_key);
        digest.add(head.substr(0, static_cast<std::size_t>(known.mark.bytes)));
        if (digest.value() == known.mark.digest)
            found.push_back(&known);
    }
    return found;
}

Recognised KnownContent::find(const InputFile& file, std::string_view head, bool complete, const Control& control) const
{
    if (m_known.empty() || head.empty())
        return {};
    ContentDigest digest(m_key);
    digest.add(head);
    const ContentMark mark = digest.mark();
    if (complete) {
        const auto whole = m_whole.find({mark.bytes, mark.digest});
        if (whole != m_whole.end()) {
            const Known& known = m_known[whole->second];
            return {Recognised::As::Same, known.source, known.mark, mark.bytes};
        }
    }
    std::vector<const Known*> candidates = smallBeginnings(head);
    if (complete && !candidates.empty()) {
        const Known& longest = **std::max_element(candidates.begin(), candidates.end(), shorter);
        return {Recognised::As::Grown, longest.source, longest.mark, mark.bytes};
    }
    if (file.path == "-") // cannot be read twice
        return {};
    const auto alike = m_byFirst.equal_range(mark.rungs.front());
    for (auto it = alike.second; mark.rungs.front() != 0 && it != alike.first && candidates.size() < mostCandidates;) {
        const Known& known = m_known[(--it)->second];
        if (known.mark.mayShareBeginning(mark))
            candidates.push_back(&known);
    }
    std::sort(candidates.begin(), candidates.end(), shorter);
    return candidates.empty() ? Recognised() : compare(file, candidates, control);
}

} // namespace arcscope
