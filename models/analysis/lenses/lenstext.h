// A table of a lens as text: for people, as lines for a terminal, and as CSV.
#pragma once

#include "lensresult.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A cell for people: "12 % (8 to 17, n 120)", "1.50 s", "0.02140 USD", "2026-03-11T14:00:00Z"; "–": not recorded.
std::string textOf(const LensCell& cell);
/// A number in its unit, as an axis or a tip writes it.
std::string textOf(double value, LensUnit unit, std::string_view currency = {});

/// A heading, and one line a row; numbers to the right.
std::vector<std::string> linesOf(const LensTable& table);

/// RFC 4180, with a header. A share is five columns (KEY, KEY_part, KEY_of, KEY_low, KEY_high), money two (KEY in
/// millionths, KEY_currency); times are ISO 8601; what is not recorded is empty. A text that a spreadsheet would take
/// for a formula gets a ' in front.
std::string csvOf(const LensTable& table);

/// Whether a number is written without a fraction.
bool isWhole(const LensNumber& number);
/// "count", "ns", "share", "micros", …, "text"; "none" where no row has a value.
std::string_view unitOf(const LensTable& table, std::string_view key);

/// LensResult::of for so many: "task arc with a cost" of one, the first word that ends with an s without it.
std::string ofSoMany(std::uint64_t n, std::string_view of);

} // namespace arcscope
