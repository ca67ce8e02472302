// Progress of an import with Cancel, in a bar that blocks nothing.
#pragma once

#include "appstate.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace arcscope
{

class LoadBar : public QWidget
{
    Q_OBJECT

public:
    explicit LoadBar(AppState& state, QWidget* parent = nullptr);

private:
    void showProgress();
    void showLoading();

    AppState& m_state;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

} // namespace arcscope
