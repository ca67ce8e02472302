#include "tokenstreams.h"

namespace arcscope::bench
{

namespace
{

constexpr std::uint32_t streamsAtOnce = 200;

} // namespace

TokenStreams::TokenStreams(const Vocabulary& vocabulary, std::uint64_t seed)
    : m_vocabulary(vocabulary)
    , m_random(seed)
{
    for (std::uint32_t i = 0; i < streamsAtOnce; ++i)
        m_streams.push_back(newStream());
}

TokenStreams::Stream TokenStreams::newStream()
{
    return {m_random.next(), m_random.below(modelNames.size()), 0, 20 + m_random.longTailed(250, 0.9, 8'000)};
}

void TokenStreams::appendText(std::string& out)
{
    if (m_random.oneIn(60)) {
        out += m_vocabulary.foreign(m_random);
    } else if (m_random.oneIn(25)) {
        out += "\\n\\n";
    } else {
        out += ' ';
        out += m_vocabulary.word(m_random);
    }
}

void TokenStreams::appendNext(std::string& out)
{
    Stream& stream = m_streams[m_random.below(streamsAtOnce)];
    m_now += 20'000 + m_random.below(200'000);
    out += R"({"ts":)";
    appendNumber(out, m_now);
    out += R"(,"stream":"msg_)";
    appendHex(out, stream.id);
    out += R"(","event":")";
    if (stream.written == 0) {
        out += R"(message_start","data":{"type":"message_start","message":{"model":")";
        out += modelNames[stream.model].name;
        out += R"(","role":"assistant","usage":{"input_tokens":)";
        appendNumber(out, m_random.below(20'000));
        out += R"(,"output_tokens":1}}}})";
    } else if (stream.written < stream.length) {
        out +=
            R"(content_block_delta","data":{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")";
        appendText(out);
        out += R"("}}})";
    } else {
        out +=
            R"(message_delta","data":{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null})";
        out += R"(,"usage":{"output_tokens":)";
        appendNumber(out, stream.written);
        out += "}}}";
    }
    out += '\n';
    if (stream.written++ == stream.length)
        stream = newStream();
}

} // namespace arcscope::bench
