#include <QColor>

QColor blue()
{
    return QColor("#2f6fe0");
}
