// Files written and imported by a test, and what came of them in words.
#pragma once

#include "corpuscolumns.h"
#include "importer.h"
#include "session.h"

#include <QStringList>
#include <QTemporaryDir>

#include <fstream>

namespace arcscope::testing
{

class Files
{
public:
    bool isValid() const { return m_folder.isValid(); }
    std::string path(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string write(const std::string& name, const std::string& bytes) const
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    std::string folder() const { return m_folder.path().toStdString(); }
    std::string workspace(const std::string& name = "work.arcscope") const
    {
        const std::string file = path(name);
        static_cast<void>(Workspace::create(file));
        return file;
    }

private:
    QTemporaryDir m_folder;
};

/// All span columns, traces and order of a workspace.
inline Corpus corpusOf(Workspace& workspace)
{
    return workspace.loadCorpus(everyColumn(), {}).value();
}

/// Names of the spans as trees, traces in their order: "a(b(c) d) | e".
inline QString treesOf(const Corpus& corpus)
{
    QStringList traces;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        QString out;
        int before = -1;
        for (const Row row : corpus.rowsOf(trace)) {
            const int depth = static_cast<int>(corpus.spans.at(SpanColumn::Depth, row));
            if (before >= 0 && depth > before)
                out += QLatin1Char('(');
            else if (before >= 0)
                out += QString(before - depth, QLatin1Char(')')) + QLatin1Char(' ');
            const std::string_view name = corpus.text(SpanText::Name, row);
            out += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
            before = depth;
        }
        traces << out + QString(std::max(before, 0), QLatin1Char(')'));
    }
    return traces.join(QStringLiteral(" | "));
}

/// "severity kind xN FILE: message", with only the last part of file names.
inline QStringList ledgerOf(Workspace& workspace)
{
    QStringList lines;
    const std::vector<ImportIssue> issues = workspace.issues(0, 1'000).value();
    for (const ImportIssue& issue : issues) {
        lines << QStringLiteral("%1 %2 x%3 %4: %5")
                     .arg(QLatin1String(name(issue.severity)), QLatin1String(name(issue.kind)))
                     .arg(issue.count)
                     .arg(QString::fromStdString(issue.file.substr(issue.file.find_last_of('/') + 1)),
                          QString::fromStdString(issue.message));
    }
    return lines;
}

} // namespace arcscope::testing
