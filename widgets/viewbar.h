// The names of the views, across the whole window: those of ten views do not fit between two panels.
#pragma once

#include <QTabBar>

class QMenu;
class QTabWidget;
class QToolButton;

namespace arcscope
{

/// Stands for the tab bar of `views`, which is hidden. Where the names do not fit they move closer together, and where
/// that is not enough end in dots: a tip has the whole name. Where a few letters of each do not fit either, as many
/// whole names as do stand there, that of the current view among them, and the others in a menu at the end. Nothing
/// scrolls.
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
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QSize wholeSize(int index) const;
    void fit();
    void listHidden();

    QTabWidget& m_views;
    QToolButton* m_more;
    QMenu* m_menu;
    bool m_fitting = false;
};

} // namespace arcscope
