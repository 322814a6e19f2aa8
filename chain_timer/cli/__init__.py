"""The command line: arguments become one face or one tool.

The only stage that puts the parts together. Each command imports what it needs when it runs, and no sooner.
"""
