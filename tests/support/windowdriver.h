// The window of the program on the samples, driven as a person does: by keys and mouse.
#pragma once

#include "filterbar.h"
#include "mainwindow.h"
#include "timelineview.h"

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

namespace arcscope::testing
{

inline constexpr int patience = 60'000; ///< milliseconds that a busy machine may take
inline const QString samples = QStringLiteral(ARCSCOPE_TEST_SAMPLES);
inline const QString incident = samples + QStringLiteral("/incident");
inline const QString week = samples + QStringLiteral("/support-week");

/// A copy of the samples, for what keeps notes beside them; empty where it cannot be made.
inline QString copyOfSamples(const QTemporaryDir& folder)
{
    QDirIterator files(samples, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString from = files.next();
        const QString to = folder.path() + from.mid(samples.size());
        if (!QDir().mkpath(QFileInfo(to).path()) || !QFile::copy(from, to))
            return {};
    }
    return folder.path();
}

class WindowDriver
{
    QTemporaryDir m_folder; // before the window, which writes its settings there

public:
    MainWindow window;

    /// `sampleFolder`: what the window offers as samples; notes on them are kept there.
    explicit WindowDriver(const QStringList& paths = {}, const QString& sampleFolder = samples)
        : window(sampleFolder, Settings(m_folder.filePath(QStringLiteral("settings.ini"))), paths)
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
    }

    AppState& state() { return window.state(); }
    TimelineCanvas& canvas() { return *window.timeline()->canvas(); }
    QAction* action(const char* id) { return window.actions().action(QLatin1String(id)); }
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString folder() const { return m_folder.path(); }

    /// Everything that was asked for is drawn.
    bool settled()
    {
        const auto data = canvas().data();
        return state().isOpen() && !state().loading() && !state().filtering() && data && !data->empty() &&
               data->trace == state().trace() && QGuiApplication::focusWindow() == window.windowHandle();
    }

    /// The part of the window of this class, or with this accessible name.
    template <typename T>
    T* part(const QString& name = {}) const
    {
        for (T* each : window.findChildren<T*>()) {
            if (name.isEmpty() || each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    QTabWidget* views() const { return viewsOf(window); }
    static QTabWidget* viewsOf(const MainWindow& of)
    {
        for (QTabWidget* each : of.findChildren<QTabWidget*>()) {
            if (each->indexOf(of.timeline()) >= 0)
                return each;
        }
        return nullptr;
    }
    QTableView* traces() const { return part<QTableView>(QStringLiteral("Traces")); }
    QTableView* ledger() const { return part<QTableView>(QStringLiteral("Fidelity ledger")); }
    QTreeView* tree() const { return part<QTreeView>(QStringLiteral("Spans of the trace")); }
    QLineEdit* field() const { return window.filterBar()->edit(); }

    /// As from the keyboard: through shortcuts, popups and dialogs.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(keyWindow(), key, modifiers); }
    void type(const QString& text)
    {
        for (const QChar c : text)
            QTest::keyClick(keyWindow(), c.toLatin1());
    }
    static void click(QWidget* widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    static void click(QAbstractItemView* view, const QModelIndex& index)
    {
        view->scrollTo(index);
        const QRect cell = view->visualRect(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 4, cell.center().y()));
    }

    /// Popups are active windows offscreen, unlike on a screen, and do not give that back.
    QWindow* keyWindow()
    {
        if (const QWidget* dialog = QApplication::activeModalWidget())
            return dialog->windowHandle();
        if (!QApplication::activePopupWidget() && QGuiApplication::focusWindow() != window.windowHandle())
            window.activateWindow();
        return window.windowHandle();
    }
    bool focused(const QWidget* widget)
    {
        keyWindow();
        return widget->hasFocus();
    }

    /// A label that is seen and has this in it.
    bool says(const QString& text) const
    {
        const auto labels = window.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(text, Qt::CaseInsensitive);
        });
    }

    /// What the table shows, cell by cell.
    static QString textOf(const QAbstractItemView* view)
    {
        QStringList cells;
        for (int row = 0; view && row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column)
                cells << view->model()->index(row, column).data().toString();
        }
        return cells.join(QLatin1Char('\n'));
    }
};

} // namespace arcscope::testing
