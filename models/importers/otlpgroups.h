// OtlpGroups: keeps spans together with the resource and scope they belong to, also where those come after the spans.
#pragma once

#include "jsonvalue.h"
#include "spanrecord.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What is held back at most while the resource of spans is not known.
inline constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
/// The same while only the scope is missing: many files have none.
inline constexpr std::size_t maxHeldForScope = std::size_t(1) << 20;

/// Gives spans to the sink as soon as their resource and scope are known, in order.
class OtlpGroups
{
public:
    OtlpGroups(SpanSink& sink, std::string_view format)
        : m_sink(sink)
        , m_format(format)
    {
    }

    void beginResource();
    void resource(std::string_view json, std::uint64_t offset, std::uint64_t line);
    void endResource();
    void beginScope();
    void scope(std::string_view json);
    void endScope();

    /// Adds a span and its stream (may be empty); the record is copied where it has to wait.
    void add(SpanRecord& span, PackedStream stream, std::string_view record);

private:
    struct Held {
        SpanRecord span;
        PackedStream stream;
        std::string record;
        std::size_t scope = openScope; ///< index into m_endedScopes
    };
    static constexpr std::size_t openScope = static_cast<std::size_t>(-1); ///< the one that has not ended

    void give(SpanRecord& span, PackedStream stream, std::string_view record);
    void release();
    void makeText();

    SpanSink& m_sink;
    std::string_view m_format;
    JsonParser m_parser;
    std::string m_resource;
    std::string m_scope;
    StringId m_text;
    StringId m_service;
    StringId m_environment;
    StringId m_formatId;
    bool m_resourceKnown = false;
    bool m_scopeKnown = false;
    bool m_textMade = false;
    std::vector<Held> m_held;
    std::vector<std::string> m_endedScopes; ///< of this resource, while it is not known
    std::size_t m_heldBytes = 0;
};

} // namespace arcscope
