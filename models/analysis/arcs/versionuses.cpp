#include "versionuses.h"

#include "canonicalkey.h"
#include "toolschemas.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace arcscope
{
namespace
{

template <std::size_t count>
bool endsWithOne(std::string_view key, const std::array<std::string_view, count>& ends)
{
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
        return key.ends_with(end) && (key.size() == end.size() || key[key.size() - end.size() - 1] == '.');
    });
}

constexpr auto toolVersions = std::to_array<std::string_view>(
    {"tool.version", "tool_version", "definition_hash", "definition.hash", "mcp.server.version", "server_version"});
constexpr auto indexVersions = std::to_array<std::string_view>(
    {"index.version", "index_version", "collection.version", "collection_version", "corpus.version", "corpus_version",
     "index.snapshot", "index_snapshot", "snapshot_id"});
constexpr auto indexNames = std::to_array<std::string_view>(
    {"index.name", "index_name", "collection.name", "collection_name", "data_source.id", "data_source_id"});

constexpr std::size_t longest = 100;

bool isWord(const Attribute& attribute)
{
    return attribute.type != AttributeType::Null && attribute.type != AttributeType::Json && !attribute.value.empty() &&
           attribute.value.size() <= longest && attribute.value.find('\n') == std::string::npos;
}

std::uint64_t hashed(std::uint64_t hash, std::string_view text)
{
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}
constexpr std::uint64_t hashSeed = 14695981039346656037U;

/// Attributes in which definitions of tools may lie.
bool mayDefine(std::string_view key)
{
    return key.find("tool") != key.npos || key.find("function") != key.npos;
}

} // namespace

void VersionReader::add(bool index, std::string_view name, std::string version, Row row)
{
    const bool known = std::any_of(m_uses.begin(), m_uses.end(), [&](const VersionUse& use) {
        return use.index == index && use.name == name && use.version == version;
    });
    if (known || name.empty() || m_uses.size() == mostVersionUses)
        return;
    m_uses.push_back({index, std::string(name), std::move(version), row, m_corpus.spans.start(row)});
}

void VersionReader::definitions(Row row, const SpanContent& content)
{
    std::uint64_t hash = hashSeed;
    bool any = false;
    for (const Attribute& attribute : content.attributes) {
        if (mayDefine(attribute.key)) {
            hash = hashed(hashed(hash, attribute.key), attribute.value);
            any = true;
        }
    }
    if (!any || hash == m_definitions)
        return;
    m_definitions = hash;
    for (const ToolSchema& schema : toolSchemasIn(content.attributes)) {
        if (schema.answer)
            continue;
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "#%08x", static_cast<unsigned>(canonicalKey(schema.schema) >> 32U));
        add(false, schema.name, text.data(), row);
    }
}

void VersionReader::read(Row row, const SpanContent& content)
{
    const SpanKind kind = m_corpus.spans.kind(row);
    if (kind == SpanKind::ModelCall)
        definitions(row, content);
    std::string_view index;
    std::string_view version;
    for (const Attribute& attribute : content.attributes) {
        if (!isWord(attribute))
            continue;
        if (kind == SpanKind::ToolCall && endsWithOne(attribute.key, toolVersions))
            add(false, m_corpus.text(SpanText::Tool, row), attribute.value, row);
        else if (endsWithOne(attribute.key, indexVersions))
            version = attribute.value;
        else if (endsWithOne(attribute.key, indexNames))
            index = attribute.value;
    }
    if (!version.empty())
        add(true, index.empty() ? m_corpus.text(SpanText::Name, row) : index, std::string(version), row);
}

} // namespace arcscope
