// The first page: open something, try the sample, or go on with what was open before.
#pragma once

#include "recentfiles.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace arcscope
{

class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(const Settings& settings = {}, QWidget* parent = nullptr);

    void showRecent();

signals:
    void openFilesRequested();
    void openFolderRequested();
    void openSampleRequested();
    void openRequested(const QStringList& paths);

private:
    RecentFiles m_recent;
    QVBoxLayout* m_list;
    QCheckBox* m_private;
};

} // namespace arcscope
