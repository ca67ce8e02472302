#include "runattributes.h"

#include "canonicalkey.h"
#include "proselines.h"
#include "toolschemas.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// The name ends in these words, parted by a dot or underscore: "replay mode" of "app.replay.mode" and "replay_mode".
bool endsIn(std::string_view key, std::string_view words)
{
    if (key.size() < words.size())
        return false;
    const std::string_view end = key.substr(key.size() - words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool parts = end[i] == '.' || end[i] == '_' || end[i] == '-';
        if (words[i] == ' ' ? !parts : end[i] != words[i])
            return false;
    }
    const char before = key.size() == words.size() ? '.' : key[key.size() - words.size() - 1];
    return before == '.' || before == '_' || before == '-' || before == '/';
}

template <std::size_t count>
bool endsInOneOf(std::string_view key, const std::array<std::string_view, count>& all)
{
    return std::ranges::any_of(all, [&](std::string_view words) { return endsIn(key, words); });
}

constexpr auto modeNames =
    std::to_array<std::string_view>({"replay mode", "tool mode", "execution mode", "tool replay", "tool execution"});
constexpr auto memoryNames =
    std::to_array<std::string_view>({"memory version", "memory snapshot", "memory snapshot id"});
constexpr auto indexNames =
    std::to_array<std::string_view>({"index version", "index snapshot", "index snapshot id", "retrieval version",
                                     "retrieval snapshot", "retrieval snapshot id", "corpus version"});

constexpr auto setNames =
    std::to_array<std::string_view>({"eval set", "dataset split", "test set", "cohort", "split", "evaluation set"});

ToolMode modeNamed(std::string_view value)
{
    const std::string word = prose::lower(value);
    if (word == "live" || word == "real" || word == "sandbox" || word == "sandboxed")
        return ToolMode::Live;
    if (word == "recorded" || word == "replayed" || word == "cached" || word == "cassette")
        return ToolMode::Recorded;
    if (word == "stub" || word == "stubbed" || word == "mock" || word == "mocked" || word == "simulated")
        return ToolMode::Stubbed;
    return ToolMode::NotRecorded;
}

} // namespace

ToolMode toolModeOf(std::span<const Attribute> attributes)
{
    for (const Attribute& attribute : attributes) {
        if (endsInOneOf(attribute.key, modeNames)) {
            const ToolMode mode = modeNamed(attribute.value);
            if (mode != ToolMode::NotRecorded)
                return mode;
        }
        if (attribute.value != "true")
            continue;
        if (endsIn(attribute.key, "mocked") || endsIn(attribute.key, "stubbed"))
            return ToolMode::Stubbed;
        if (endsIn(attribute.key, "recorded") || endsIn(attribute.key, "replayed"))
            return ToolMode::Recorded;
    }
    return ToolMode::NotRecorded;
}

void readVersions(std::span<const Attribute> attributes, std::string& memory, std::string& retrieval)
{
    for (const Attribute& attribute : attributes) {
        if (memory.empty() && endsInOneOf(attribute.key, memoryNames))
            memory = attribute.value;
        else if (retrieval.empty() && endsInOneOf(attribute.key, indexNames))
            retrieval = attribute.value;
    }
}

std::uint64_t offeredTools(std::span<const Attribute> attributes)
{
    std::uint64_t all = 0;
    for (const ToolSchema& tool : toolSchemasIn(attributes)) {
        if (!tool.answer) // in any order
            all += hashOf(tool.name) * 31 + canonicalKey(tool.schema);
    }
    return all;
}

bool isControl(std::span<const Attribute> attributes)
{
    return std::ranges::any_of(attributes, [](const Attribute& attribute) {
        if (endsIn(attribute.key, "control"))
            return attribute.value == "true";
        return endsInOneOf(attribute.key, setNames) && prose::lower(attribute.value) == "control";
    });
}

} // namespace arcscope
