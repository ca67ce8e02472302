// What the program is, its version and licence, and the libraries it runs with.
#pragma once

#include <QDialog>

namespace arcscope
{

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);

    /// Version and libraries, a line each: what belongs in a report of a fault.
    static QString versions();
};

} // namespace arcscope
