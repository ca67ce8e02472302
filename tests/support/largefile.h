// A trace file that takes several looks of the loader to read.
#pragma once

#include <QFile>
#include <QString>

namespace arcscope::testing
{

/// Writes OTLP lines of `traces` traces with 50 spans each into `folder` and gives the path; empty where that fails.
inline QString writeLargeFile(const QString& folder, int traces = 3'000)
{
    constexpr int spansOfTrace = 50;
    const QString path = folder + QStringLiteral("/large.jsonl");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    for (int trace = 1; trace <= traces; ++trace) {
        QByteArray spans;
        for (int span = 1; span <= spansOfTrace; ++span) {
            const qint64 start = 1'700'000'000'000'000'000 + qint64{trace} * 1'000'000'000 + span * 1'000;
            spans += QByteArray(span == 1 ? "" : ",") + "{\"traceId\":\"" +
                     QByteArray::number(trace, 16).rightJustified(32, '0') + "\",\"spanId\":\"" +
                     QByteArray::number(trace * 100 + span, 16).rightJustified(16, '0') +
                     "\",\"name\":\"step\",\"kind\":1,\"startTimeUnixNano\":\"" + QByteArray::number(start) +
                     "\",\"endTimeUnixNano\":\"" + QByteArray::number(start + 500) + "\"}";
        }
        file.write("{\"resourceSpans\":[{\"resource\":{\"attributes\":[]},\"scopeSpans\":[{\"spans\":[" + spans +
                   "]}]}]}\n");
    }
    return file.flush() ? path : QString();
}

} // namespace arcscope::testing
