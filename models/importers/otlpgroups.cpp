#include "otlpgroups.h"

#include "jsontokens.h"
#include "otlpspan.h"

namespace arcscope
{

void OtlpGroups::beginResource()
{
    m_resource.clear();
    m_resourceKnown = false;
    m_service = {};
    m_environment = {};
    beginScope();
}

void OtlpGroups::resource(std::string_view json, std::uint64_t offset, std::uint64_t line)
{
    m_resource = json;
    m_resourceKnown = true;
    m_textMade = false;
    SpanFacts facts;
    const JsonValue root = m_parser.parseCopy(json);
    root.eachMember([&](std::string_view name, const JsonValue& value) {
        if (name != "attributes")
            return;
        const auto wanted = [](std::string_view key) {
            return key == "service.name" || key == "deployment.environment" || key == "deployment.environment.name";
        };
        eachOtlpAttribute(value, facts, wanted, [&](std::string_view key, const FactValue& content) {
            std::string scratch;
            const std::string_view text =
                content.form == FactValue::Form::Escaped ? unescaped(content.text, scratch) : content.text;
            (key == "service.name" ? m_service : m_environment) = m_sink.intern(text);
        });
    });
    for (ImportIssue& issue : m_parser.issues(offset, line))
        m_sink.report(std::move(issue));
    release();
}

void OtlpGroups::endResource()
{
    release();
    m_resourceKnown = false;
    m_resource.clear();
    m_scope.clear();
    m_textMade = false;
}

void OtlpGroups::beginScope()
{
    m_scope.clear();
    m_scopeKnown = false;
    m_textMade = false;
}

void OtlpGroups::scope(std::string_view json)
{
    if (m_scopeKnown) {
        ImportIssue issue;
        issue.kind = IssueKind::MissingField;
        issue.message = "a scope comes so long after its spans that they are read without it";
        m_sink.report(std::move(issue));
    }
    m_scope = json;
    m_scopeKnown = true;
    m_textMade = false;
    if (m_resourceKnown)
        release();
}

void OtlpGroups::endScope()
{
    if (m_resourceKnown) {
        release();
        return;
    }
    for (Held& held : m_held) {
        if (held.scope == openScope)
            held.scope = m_endedScopes.size();
    }
    m_endedScopes.push_back(std::move(m_scope));
    m_scope.clear();
    m_scopeKnown = false;
}

void OtlpGroups::makeText()
{
    if (m_textMade)
        return;
    m_textMade = true;
    m_text = {};
    if (m_resource.empty() && m_scope.empty())
        return;
    std::string text = "{\"resource\":";
    text.append(m_resource.empty() ? "{}" : m_resource);
    if (!m_scope.empty())
        text.append(",\"scope\":").append(m_scope);
    text += '}';
    m_text = m_sink.intern(text);
}

void OtlpGroups::add(SpanRecord& span, PackedStream stream, std::string_view record)
{
    if (!m_formatId)
        m_formatId = m_sink.intern(m_format);
    if (m_resourceKnown && m_scopeKnown) {
        give(span, std::move(stream), record);
        return;
    }
    if (m_resourceKnown && m_heldBytes + record.size() > maxHeldForScope) {
        release();
        m_scopeKnown = true; // as it seems, there is none
        give(span, std::move(stream), record);
        return;
    }
    if (m_heldBytes + record.size() > maxHeldBytes) {
        ImportIssue issue;
        issue.kind = IssueKind::MissingField;
        issue.byte = span.sourceByte;
        issue.message = "spans come so long before their resource or scope that they are read without it";
        m_sink.report(std::move(issue));
        release();
    }
    m_heldBytes += record.size();
    m_held.push_back({span, std::move(stream), std::string(record), openScope});
}

void OtlpGroups::release()
{
    std::string current = m_scope;
    std::size_t shown = openScope;
    for (Held& held : m_held) {
        if (held.scope != shown) {
            shown = held.scope;
            m_scope = shown == openScope ? current : m_endedScopes[shown];
            m_textMade = false;
        }
        give(held.span, std::move(held.stream), held.record);
    }
    if (shown != openScope)
        m_textMade = false;
    m_scope = std::move(current);
    m_held.clear();
    m_endedScopes.clear();
    m_heldBytes = 0;
}

void OtlpGroups::give(SpanRecord& span, PackedStream stream, std::string_view record)
{
    makeText();
    span[SpanText::Resource] = m_text;
    span[SpanText::Format] = m_formatId;
    if (!span[SpanText::Service])
        span[SpanText::Service] = m_service;
    if (!span[SpanText::Environment])
        span[SpanText::Environment] = m_environment;
    const Row row = m_sink.add(span, record);
    if (stream.count > 0)
        m_sink.addStream(row, std::move(stream));
}

} // namespace arcscope
