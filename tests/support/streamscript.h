// Streams for tests, written as one line an event.
#pragma once

#include "streammodel.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::testing
{

/// One event a line: time in milliseconds or "-", the kind, and by kind what follows:
///
///     0 start | 10 chunk TEXT | 20 chunk@FROM TEXT | 20 draft@FROM ID TEXT | 30 accept ID TO | 40 retract FROM TO
///     REASON 50 commit TO | 60 stop WORD | 70 end | 80 error WORD | 90 ping | 5 open TYPE INDEX NAME ID | 6 close
///
/// A chunk belongs to the block that was opened last (text 0 at the start). In TEXT "_" is a space, "|" a new line.
inline PackedStream streamOf(const char* script)
{
    StreamWriter writer;
    StreamEvent place;
    const auto spaced = [](const QByteArray& text) { return QByteArray(text).replace('_', ' ').replace('|', '\n'); };
    for (const QByteArray& line : QByteArray(script).split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 2)
            continue;
        StreamEvent event = place;
        if (words[0] != "-")
            event.time = static_cast<Nanos>(words[0].toDouble() * static_cast<double>(millisecond));
        const QByteArray kind = words[1].left(words[1].indexOf('@') < 0 ? words[1].size() : words[1].indexOf('@'));
        if (words[1].contains('@'))
            event.from = words[1].mid(words[1].indexOf('@') + 1).toLongLong();
        QByteArray text;
        QByteArray detail;
        if (kind == "start") {
            event.kind = StreamEventKind::Start;
        } else if (kind == "chunk") {
            event.kind = StreamEventKind::Chunk;
            text = spaced(words.value(2));
        } else if (kind == "draft") {
            event.kind = StreamEventKind::Draft;
            text = spaced(words.value(3));
            detail = "{\"draft.id\":\"" + words.value(2) + "\",\"draft.tokens\":4}";
        } else if (kind == "accept") {
            event.kind = StreamEventKind::Accept;
            event.to = words.value(3).toLongLong();
            detail = "{\"draft.id\":\"" + words.value(2) + "\",\"accepted_tokens\":3,\"rejected_tokens\":1}";
        } else if (kind == "retract") {
            event.kind = StreamEventKind::Retract;
            event.from = words.value(2).toLongLong();
            event.to = words.value(3).toLongLong();
            detail = "{\"reason\":\"" + words.value(4) + "\"}";
        } else if (kind == "commit") {
            event.kind = StreamEventKind::Commit;
            event.to = words.value(2).toLongLong();
        } else if (kind == "open") {
            event.kind = StreamEventKind::BlockStart;
            const QByteArray type = words.value(2);
            event.block = type == "tool"        ? BlockType::ToolCall
                          : type == "reasoning" ? BlockType::Reasoning
                                                : BlockType::Text;
            event.blockIndex = words.value(3).toUInt();
            place.block = event.block;
            place.blockIndex = event.blockIndex;
            text = words.value(4);
            if (words.size() > 5)
                detail = "{\"id\":\"" + words[5] + "\"}";
        } else if (kind == "close") {
            event.kind = StreamEventKind::BlockEnd;
        } else if (kind == "stop") {
            event.kind = StreamEventKind::Stop;
            text = words.value(2);
        } else if (kind == "end") {
            event.kind = StreamEventKind::End;
        } else if (kind == "error") {
            event.kind = StreamEventKind::Error;
            text = words.value(2);
        } else if (kind == "ping") {
            event.kind = StreamEventKind::Keepalive;
        } else {
            qFatal("unknown event %s", kind.constData());
        }
        event.text = std::string_view(text.constData(), static_cast<std::size_t>(text.size()));
        event.detail = std::string_view(detail.constData(), static_cast<std::size_t>(detail.size()));
        writer.add(event);
    }
    return writer.take();
}

inline std::shared_ptr<const StreamModel> modelOf(const char* script)
{
    return StreamModel::of(streamOf(script));
}

} // namespace arcscope::testing
