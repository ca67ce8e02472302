#include <QColor>

QRgb second()
{
    return qRgb(1, 2, 3);
}
