// layers: analysis
// Bytes fed whole, one by one and in pieces of changing sizes: the same state, faults, warnings and values; a prefix
// can be closed; a story as of any byte is the story of so many bytes.
#include "jsonstory.h"

#include <algorithm>
#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 14;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool same(const JsonPrefix& a, const JsonPrefix& b)
{
    const auto sameWarning = [](const JsonWarning& x, const JsonWarning& y) {
        return x.what == y.what && x.byte == y.byte;
    };
    return a.state() == b.state() && a.bytes() == b.bytes() && a.depth() == b.depth() && a.closing() == b.closing() &&
           a.fault().has_value() == b.fault().has_value() &&
           (!a.fault() || (a.fault()->byte == b.fault()->byte && a.fault()->expected == b.fault()->expected)) &&
           a.warningCount() == b.warningCount() && std::ranges::equal(a.warnings(), b.warnings(), sameWarning);
}

/// All but how often values changed, which the pieces decide.
bool same(const JsonNode& a, const JsonNode& b)
{
    return a.parent == b.parent && a.ordinal == b.ordinal && a.after == b.after && a.kind == b.kind &&
           a.duplicateKey == b.duplicateKey && a.keyAt == b.keyAt && a.opened == b.opened && a.usable == b.usable &&
           a.closed == b.closed && a.end == b.end && a.key == b.key;
}

void requireSame(const JsonStory& a, const JsonStory& b)
{
    require(same(a.prefix(), b.prefix()));
    require(std::ranges::equal(a.nodes(), b.nodes(), [](const JsonNode& x, const JsonNode& y) { return same(x, y); }));
}

/// Feeds pieces whose sizes the bytes themselves decide.
JsonStory inPieces(std::string_view text, std::size_t most)
{
    JsonStory story;
    while (!text.empty()) {
        const std::size_t size = std::min(text.size(), 1 + static_cast<unsigned char>(text.front()) % most);
        story.feed(text.substr(0, size));
        text.remove_prefix(size);
    }
    return story;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, largestInput));
    JsonStory whole;
    whole.feed(text);
    requireSame(whole, inPieces(text, 1));
    requireSame(whole, inPieces(text, 9));

    const auto half = static_cast<std::int64_t>(text.size() / 2);
    const JsonMoment moment = jsonAt(whole, half);
    JsonStory front;
    front.feed(text.substr(0, text.size() / 2));
    require(moment.present == front.size());
    for (JsonIndex i = 0; i < front.size(); ++i) {
        require((front.node(i).closed < 0) == (stateAt(whole.node(i), half) == JsonNodeState::Open));
        require((front.node(i).usable >= 0) == usableAt(whole.node(i), half));
        if (front.node(i).kind != JsonKind::Object && front.node(i).kind != JsonKind::Array)
            require(valueAt(front, i, half) == valueAt(whole, i, half));
    }

    if (const auto closing = whole.prefix().closing()) {
        JsonPrefix closed = whole.prefix();
        closed.feed(*closing);
        require(closed.finish() == JsonState::Complete);
    }
    JsonPrefix finished = whole.prefix();
    finished.finish();
    require((finished.state() == JsonState::Invalid || finished.state() == JsonState::Trailing) ==
            finished.fault().has_value());
    return 0;
}
