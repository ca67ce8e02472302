// Icons of one colour, drawn in the text colour of the palette that is in use when they are painted.
#pragma once

#include <QIcon>

namespace arcscope
{

/// The icon of resources/icons with that name; a null icon for an unknown name.
QIcon symbolIcon(const QString& name);

} // namespace arcscope
