// A header that includes SQLite.
#pragma once

#include <sqlite3.h>
