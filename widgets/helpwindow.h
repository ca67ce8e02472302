// The pages of the help in a window of their own, beside the one that they are about.
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace arcscope
{

/// Reads nothing but the pages that come with the program.
class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    void showTopic(const QString& topic);
    QString topic() const;

private:
    void showCurrent();

    QListWidget* m_topics;
    QTextBrowser* m_text;
};

} // namespace arcscope
