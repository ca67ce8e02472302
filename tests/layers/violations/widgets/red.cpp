#include <QColor>

QColor red()
{
    return QColor("#d50b51");
}
