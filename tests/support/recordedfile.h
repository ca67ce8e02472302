// A trace of one model call with a recorded stream, as OTLP JSON.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <utility>
#include <vector>

namespace arcscope::testing
{

/// Builds the events of a stream, each at a number of milliseconds after the request.
class RecordedFile
{
public:
    using Attributes = std::vector<std::pair<QString, QJsonObject>>;

    static QJsonObject text(const QString& value) { return {{"stringValue", value}}; }
    static QJsonObject number(qint64 value) { return {{"intValue", QString::number(value)}}; }

    void add(qint64 ms, const QString& word, const Attributes& attributes = {})
    {
        QJsonArray list;
        for (const auto& [key, value] : attributes)
            list.append(QJsonObject{{"key", "arcscope.stream." + key}, {"value", value}});
        m_events.append(
            QJsonObject{{"timeUnixNano", time(ms)}, {"name", "arcscope.stream." + word}, {"attributes", list}});
        m_last = ms;
    }
    void chunk(qint64 ms, const QString& content)
    {
        add(ms, QStringLiteral("chunk"), {{"chunk.content", text(content)}});
    }
    void retract(qint64 ms, qint64 from, qint64 to, const QString& reason)
    {
        add(ms, QStringLiteral("retract"),
            {{"retract.from", number(from)}, {"retract.to", number(to)}, {"retract.reason", text(reason)}});
    }

    /// An attribute of the call, by its whole key.
    void addAttribute(const QString& key, const QString& value)
    {
        m_attributes.append(QJsonObject{{"key", key}, {"value", text(value)}});
    }
    /// A span below the call that runs a tool.
    void addTool(qint64 ms, const QString& callId)
    {
        const QJsonArray attributes{
            QJsonObject{{"key", "gen_ai.operation.name"}, {"value", text(QStringLiteral("execute_tool"))}},
            QJsonObject{{"key", "gen_ai.tool.call.id"}, {"value", text(callId)}}};
        m_tools.append(QJsonObject{{"traceId", "0af7651916cd43dd8448eb211c80319c"},
                                   {"spanId", QString::number(0xb7ad6b7169204000 + m_tools.size(), 16)},
                                   {"parentSpanId", "b7ad6b7169203332"},
                                   {"name", "execute_tool"},
                                   {"startTimeUnixNano", time(ms)},
                                   {"endTimeUnixNano", time(ms + 5)},
                                   {"attributes", attributes}});
    }

    /// Two spans, the call with the stream and one without, and the tools.
    QByteArray bytes() const
    {
        const auto span = [&](const char* id, const char* name, const QJsonArray& events,
                              const QJsonArray& attributes) {
            return QJsonObject{{"traceId", "0af7651916cd43dd8448eb211c80319c"},
                               {"spanId", id},
                               {"name", name},
                               {"startTimeUnixNano", time(0)},
                               {"endTimeUnixNano", time(m_last + 10)},
                               {"attributes", attributes},
                               {"events", events}};
        };
        QJsonArray spans{span("b7ad6b7169203331", "plain", {}, {}),
                         span("b7ad6b7169203332", "streamed", m_events, m_attributes)};
        for (const QJsonValue& tool : m_tools)
            spans.append(tool);
        return QJsonDocument(
                   QJsonObject{{"resourceSpans",
                                QJsonArray{QJsonObject{{"scopeSpans", QJsonArray{QJsonObject{{"spans", spans}}}}}}}})
            .toJson(QJsonDocument::Compact);
    }

private:
    static QString time(qint64 ms) { return QString::number(1'763'600'000'000'000'000 + ms * 1'000'000); }

    QJsonArray m_events;
    QJsonArray m_attributes;
    QJsonArray m_tools;
    qint64 m_last = 0;
};

/// "It is seven", of which "seven" is taken back after 100 ms and "eight" comes for it.
inline QByteArray correctedRecording()
{
    RecordedFile file;
    file.add(50, QStringLiteral("start"));
    file.chunk(100, QStringLiteral("It is "));
    file.chunk(200, QStringLiteral("seven"));
    file.retract(300, 6, 11, QStringLiteral("superseded"));
    file.chunk(320, QStringLiteral("eight"));
    file.add(400, QStringLiteral("end"));
    return file.bytes();
}

} // namespace arcscope::testing
