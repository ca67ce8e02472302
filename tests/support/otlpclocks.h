// Calls from one service to another whose clock is two seconds behind, as OTLP lines.
#pragma once

#include "otlplines.h"

namespace arcscope::testing
{

/// Traces of a call of 100 ms from shop to stock, which works 60 ms of it.
inline std::string callsWithSkew(int traces = 5, long skew = -2'000)
{
    std::string text;
    for (int i = 1; i <= traces; ++i) {
        const long start = i * 10'000L;
        text += otlpLine({.trace = i, .span = 1, .start = start, .end = start + 100, .name = "order", .kind = 3});
        text += otlpLine({.trace = i,
                          .span = 2,
                          .parent = 1,
                          .start = start + 20 + skew,
                          .end = start + 80 + skew,
                          .service = "stock",
                          .name = "reserve",
                          .kind = 2});
    }
    return text;
}

} // namespace arcscope::testing
