"""selfeval (自评): one year's material of a public body, made into tables, metrics, an audit and one report."""
