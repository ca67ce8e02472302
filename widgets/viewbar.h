// The names of the views, across the whole window: those of ten views do not fit between two panels.
#pragma once

#include <QTabBar>

class QTabWidget;

namespace arcscope
{

/// Stands for the tab bar of `views`, which is hidden. Where the names do not fit they move closer together, and where
/// that is not enough end in dots: a tip has the whole name. Nothing scrolls.
class ViewBar : public QTabBar
{
    Q_OBJECT

public:
    explicit ViewBar(QTabWidget& views);

    void add(QWidget* view, const QString& name);
    void rename(QWidget* view, const QString& name);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;

private:
    QTabWidget& m_views;
};

} // namespace arcscope
