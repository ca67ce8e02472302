// Enter presses the button that has the keyboard, as Space does.
#pragma once

#include <QObject>

namespace arcscope
{

/// In windows; in dialogs Enter is that of the default button, as everywhere.
class EnterKey : public QObject
{
public:
    /// From now on in the whole program.
    static void install();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using QObject::QObject;
};

} // namespace arcscope
