// Token events of many model streams that run at the same time, as a recorder below the client library would see them.
#pragma once

#include "agentruns.h"

#include <string>
#include <vector>

namespace arcscope::bench
{

class TokenStreams
{
public:
    TokenStreams(const Vocabulary& vocabulary, std::uint64_t seed);

    /// One line: the start, a piece of text or the end of one of the streams.
    void appendNext(std::string& out);

private:
    struct Stream {
        std::uint64_t id;
        std::uint32_t model;
        std::uint32_t written; ///< events so far; the first one is the start
        std::uint32_t length;  ///< events before the last one
    };

    Stream newStream();
    void appendText(std::string& out);

    const Vocabulary& m_vocabulary;
    Random m_random;
    std::int64_t m_now = firstStart;
    std::vector<Stream> m_streams;
};

} // namespace arcscope::bench
