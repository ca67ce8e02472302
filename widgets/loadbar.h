// Progress of an import with Cancel, and what went wrong, in one bar that blocks nothing.
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

signals:
    void ledgerRequested();

private:
    void showProgress();
    void showResult();
    void showError(const QString& message);
    void act();

    enum class Mode { Hidden, Loading, Partial, Failed };

    AppState& m_state;
    Mode m_mode = Mode::Hidden;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_action;
    QPushButton* m_dismiss;
};

} // namespace arcscope
