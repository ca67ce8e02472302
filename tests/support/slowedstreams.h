// Many recorded streams of two builds of a model, as OTLP JSON.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

namespace arcscope::testing
{

/// Calls of two builds of a model, the second of which begins to answer later.
inline QByteArray slowedStreams()
{
    QJsonArray spans;
    const auto attribute = [](const char* key, const QString& value) {
        return QJsonObject{{"key", key}, {"value", QJsonObject{{"stringValue", value}}}};
    };
    for (int i = 0; i < 80; ++i) {
        const qint64 start = 1'763'600'000'000 + i * 60'000;
        const qint64 first = start + (i < 40 ? 400 : 1'200) + 7 * (i % 13);
        const auto time = [](qint64 ms) { return QString::number(ms * 1'000'000); };
        const auto event = [&](qint64 ms, const char* word, const QJsonArray& attributes) {
            return QJsonObject{{"timeUnixNano", time(ms)},
                               {"name", QStringLiteral("arcscope.stream.") + QLatin1String(word)},
                               {"attributes", attributes}};
        };
        const QJsonArray content{attribute("arcscope.stream.chunk.content", QStringLiteral("word "))};
        const QJsonArray surface{
            attribute("arcscope.stream.surface", i % 4 == 0 ? QStringLiteral("code") : QStringLiteral("chat"))};
        spans.append(
            QJsonObject{{"traceId", QStringLiteral("0af7651916cd43dd8448eb211c80319c")},
                        {"spanId", QStringLiteral("%1").arg(i + 1, 16, 16, QLatin1Char('0'))},
                        {"name", "chat"},
                        {"startTimeUnixNano", time(start)},
                        {"endTimeUnixNano", time(start + 9'000)},
                        {"attributes",
                         QJsonArray{attribute("gen_ai.operation.name", QStringLiteral("chat")),
                                    attribute("gen_ai.response.model", i < 40 ? QStringLiteral("gpt-4o-2024-08-06")
                                                                              : QStringLiteral("gpt-4o-2024-11-20"))}},
                        {"events", QJsonArray{event(start, "start", surface), event(first, "chunk", content),
                                              event(first + 500, "chunk", content), event(first + 600, "end", {})}}});
    }
    return QJsonDocument(
               QJsonObject{{"resourceSpans",
                            QJsonArray{QJsonObject{{"scopeSpans", QJsonArray{QJsonObject{{"spans", spans}}}}}}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace arcscope::testing
