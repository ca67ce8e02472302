// layers: core analysis store pipeline
// What a workspace keeps of what people say of replays, as any rows: it is refused with what is wrong, or kept again it
// reads the same. A line each: "s" sides, "k" key, "m" runs or steps that were matched, "r" a review; fields with tabs.
#include "replaydecisions.h"

#include "annotations.h"
#include "replaysearch.h"
#include "workspace.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 12;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// A workspace that is as empty again when it goes.
class Empty
{
public:
    explicit Empty(Workspace& workspace)
        : m_workspace(workspace)
    {
        require(bool(m_workspace.database().execute("begin")));
    }
    ~Empty() { require(bool(m_workspace.database().execute("rollback"))); }
    Empty(const Empty&) = delete;
    Empty& operator=(const Empty&) = delete;

private:
    Workspace& m_workspace;
};

Workspace made()
{
    auto workspace = Workspace::createTemporary();
    require(bool(workspace));
    return std::move(*workspace);
}

std::int64_t numberOf(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::vector<std::string_view> partsOf(std::string_view text, char between, std::size_t least)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = std::min(text.find(between), text.size());
        parts.push_back(text.substr(0, end));
        if (end == text.size())
            break;
        text.remove_prefix(end + 1);
    }
    parts.resize(std::max(parts.size(), least));
    return parts;
}

void put(Workspace& into, std::string_view line)
{
    const char kind = line.empty() ? ' ' : line[0];
    line.remove_prefix(std::min<std::size_t>(line.size(), 1));
    if (kind == 's' || kind == 'k') {
        static_cast<void>(setSetting(into, kind == 's' ? "replay.sides" : "replay.key", std::string(line)));
        return;
    }
    if (kind != 'm' && kind != 'r')
        return;
    const std::vector<std::string_view> fields = partsOf(line, '\t', 6);
    auto insert = into.database().prepare(
        kind == 'm' ? "insert or replace into replay_matches(base, candidate, base_step, candidate_step) "
                      "values(?, ?, ?, ?)"
                    : "insert or replace into replay_reviews(task, base, candidate, opinion, note, changed_ns) "
                      "values(?, ?, ?, ?, ?, ?)");
    require(bool(insert));
    if (kind == 'm')
        static_cast<void>(insert->bind(1, fields[0])
                              .bind(2, fields[1])
                              .bind(3, numberOf(fields[2]))
                              .bind(4, numberOf(fields[3]))
                              .run());
    else
        static_cast<void>(insert->bind(1, fields[0])
                              .bind(2, fields[1])
                              .bind(3, fields[2])
                              .bind(4, numberOf(fields[3]))
                              .bind(5, fields[4])
                              .bind(6, numberOf(fields[5]))
                              .run());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > largestInput)
        return 0;
    static Workspace workspace = made();
    static Workspace copy = made(); // into which it is written again
    const Empty begun(workspace);
    const Empty copying(copy);
    for (const std::string_view line : partsOf({reinterpret_cast<const char*>(data), size}, '\n', 0))
        put(workspace, line);
    const auto read = replayDecisions(workspace);
    if (!read) {
        require(!read.error().message.empty());
        return 0;
    }
    for (const ReplayReview& review : read->reviews)
        require(bool(keepReplayReview(copy, review)));
    for (const ReplayMatch& match : read->matches)
        require(bool(keepReplayMatch(copy, match, true)));
    require(bool(keepReplaySides(copy, read->sides)));
    auto again = replayDecisions(copy);
    // What says nothing is forgotten.
    auto kept = *read;
    std::erase_if(kept.reviews, [](const ReplayReview& review) { return !review.opinion && review.note.empty(); });
    require(again && *again == kept);

    ReplayRequest request;
    if (pairBy(request, read->sides.key))
        holdMatches(request, read->matches);
    require(request.rules.manual.empty() && request.anchors.empty()); // of no sources
    return 0;
}
