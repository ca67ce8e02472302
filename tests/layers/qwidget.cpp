#include <QWidget>

namespace arcscope
{

QWidget* emptyWindow()
{
    return new QWidget;
}

} // namespace arcscope
