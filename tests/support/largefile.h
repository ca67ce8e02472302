// A trace file that takes several looks of the loader to read.
#pragma once

#include <QFile>
#include <QString>

#include <cstdint>

namespace arcscope::testing
{

inline constexpr int tracesOfLargeFile = 9'000;
inline constexpr int spansOfLargeTrace = 50;
inline constexpr std::uint32_t spansOfLargeFile = tracesOfLargeFile * spansOfLargeTrace;

/// Writes OTLP lines of that many spans into `folder` and gives the path; empty where that fails.
inline QString writeLargeFile(const QString& folder)
{
    const QString path = folder + QStringLiteral("/large.jsonl");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    for (int trace = 1; trace <= tracesOfLargeFile; ++trace) {
        QByteArray spans;
        for (int span = 1; span <= spansOfLargeTrace; ++span) {
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
