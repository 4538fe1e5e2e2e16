"""Many runs or many audits: worker processes, what is done already left alone, failures listed, a summary at the end.

No other room starts processes that share out work. What was done is proved by the manifests beside the results, so that a batch that
was stopped, whatever stopped it, goes on where it was when it is asked for again.
"""
