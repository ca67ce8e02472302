// Names of domains in running text: where one ends, and whether its last label is a top-level domain.
#pragma once

#include <cstddef>
#include <string_view>

namespace arcscope
{

/// A byte that may stand in a name of a domain: letters, digits, hyphen, dot, other scripts.
bool isDomainByte(char c);

/// The end of the labels that begin at `at`, without a dot or hyphen behind them; `at` where there are none.
std::size_t domainEnd(std::string_view text, std::size_t at);

/// Two labels or more and a top-level domain of IANA's root zone, or one of those that are kept for private use and
/// documentation. Where nothing but the name says that it is one (`marked` false), names that end like files
/// ("main.rs", "setup.py") and like two sentences ("over.It") are none.
bool isPublicDomain(std::string_view name, bool marked);

} // namespace arcscope
