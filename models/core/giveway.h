// Work that nobody waits for gives way to work that somebody waits for.
#pragma once

namespace arcscope
{

/// From here on the system prefers other threads to this one and to those that it starts, of this program and of
/// others. For good: a thread may not take its rank back. No effect on systems that rank no single threads (all but
/// Linux).
void giveWay();

} // namespace arcscope
